import type { Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../arn';
import { buildProject, lambdaFunction, pipeline, queue, topic } from '../../../targets';
import { invalid } from '../errors';
import { archive } from './archive';
import { automation } from './automation';
import { bus } from './bus';
import { shared, type TargetKind } from './kind';
import { logGroup } from './log-group';
import { opsItem } from './ops-item';

const fifoQueue = shared(queue, {
  check: ({ Id: id, SqsParameters: parameters }) =>
    parameters?.MessageGroupId === undefined
      ? invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`)
      : undefined,
});

/** What a rule can hand events to, by the beginning of the ARN's service and resource. */
const kinds: [string, TargetKind][] = [
  ['sqs:', shared(queue)],
  ['sns:', shared(topic)],
  ['lambda:function:', shared(lambdaFunction)],
  ['logs:log-group:', logGroup],
  ['ssm:automation-definition/', automation],
  ['ssm:opsitem', opsItem],
  ['codepipeline:', shared(pipeline, { needsRole: true })],
  ['codebuild:project/', shared(buildProject, { needsRole: true })],
  ['events:event-bus/', bus],
  ['events::', archive],
];

export function kindOf({ Arn = '' }: Target): TargetKind | undefined {
  const { service = '', resource = '' } = parseArn(Arn) ?? {};
  if (service === 'sqs' && resource.endsWith('.fifo')) return fifoQueue;
  return kinds.find(([prefix]) => `${service}:${resource}`.startsWith(prefix))?.[1];
}

/** A topic of another account needs a role, where one of the same account has a policy. */
export function needsRole(target: Target, accountId: string): boolean {
  const { service, accountId: owner } = parseArn(target.Arn ?? '') ?? {};
  return (service === 'sns' && owner !== accountId) || kindOf(target)?.needsRole === true;
}
