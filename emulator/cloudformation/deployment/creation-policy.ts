import type { StackResource } from '../stack';
import { evaluate } from '../template/evaluate';
import { scopeOf } from '../template/model';
import { isRecord } from '../template/template';
import { text } from '../template/text';
import type { Step } from './desired';
import { knowledgeOf } from './knowledge';
import { awaitSignals } from './signals';

const fiveMinutes = 'PT5M';

/** Waits for the signals that a resource's CreationPolicy asks for. */
export async function awaitCreation(step: Step, { logicalId, type }: StackResource): Promise<void> {
  const { run, model, declaration } = step;
  if (!signalled.has(type) || declaration.CreationPolicy === undefined) return;
  const policy = evaluate(declaration.CreationPolicy, scopeOf(model, knowledgeOf(run.stack)));
  const signal = isRecord(policy) ? policy['ResourceSignal'] : undefined;
  if (!isRecord(signal)) return;
  const count = Number(signal['Count'] ?? 1);
  const milliseconds = durationOf(text(signal['Timeout'] ?? fiveMinutes));
  await awaitSignals(run, {
    source: logicalId,
    count,
    deadline: new Date(run.call.now().getTime() + milliseconds),
    onFailure: ({ uniqueId }) => `Received FAILURE signal with UniqueId ${uniqueId}`,
    onTimeout: (received) =>
      `Failed to receive ${count - received} resource signal(s) within the specified duration`,
  });
}

/** On other types CloudFormation passes a CreationPolicy over. */
const signalled = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CloudFormation::WaitCondition',
  'AWS::EC2::Instance',
]);

/** ISO 8601, `PT1H30M`. */
function durationOf(duration: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
