import { parseArn } from '../../../arn';
import {
  buildProject,
  lambdaFunction,
  pipeline,
  queue,
  type TargetService,
  topic,
} from '../../../targets';
import { sendToBus } from './event-bus';
import type { Send } from './send';
import { sendUniversally } from './universal';
import { table } from '../../../table';

/** A templated target: what it is called by, and the folder of its service. */
interface Template {
  service: string;
  send: Send;
}

const shared = (target: TargetService): Template => ({
  service: target.service,
  send: ({ target: { Arn = '', Input, SqsParameters }, input }, caller, call) =>
    target.send(
      {
        arn: Arn,
        input,
        isOwn: Input !== undefined,
        messageGroupId: SqsParameters?.MessageGroupId,
      },
      caller,
      call,
    ),
});

const templates: Record<string, Template> = table({
  sqs: shared(queue),
  sns: shared(topic),
  lambda: shared(lambdaFunction),
  codepipeline: shared(pipeline),
  codebuild: shared(buildProject),
  events: { service: 'eventbridge', send: sendToBus },
});

/** The templated target of an ARN's service. */
export const templateOf = (arn: string): Template | undefined =>
  templates[parseArn(arn)?.service ?? ''];

/** Sends a payload to its target, templated or universal. */
export const sendTo: Send = async (sent, caller, call) => {
  const send = templateOf(sent.target.Arn ?? '')?.send ?? sendUniversally;
  await send(sent, caller, call);
};
