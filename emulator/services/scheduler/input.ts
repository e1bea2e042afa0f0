import type { Invocation } from './invoke';
import type { SchedulerCall } from './state';

/**
 * What the target gets: its Input with the keywords in it replaced, or AWS's Scheduled Event, whose
 * detail is a text.
 */
export function inputFor(invocation: Invocation, executionId: string, call: SchedulerCall): string {
  const { arn, target, time, attempts } = invocation;
  const scheduled = new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  if (target.Input === undefined) return scheduledEvent(arn, scheduled, call);
  const values: Record<string, string> = {
    'schedule-arn': arn,
    'scheduled-time': scheduled,
    'execution-id': executionId,
    'attempt-number': String(attempts),
  };
  return target.Input.replace(
    /<aws\.scheduler\.([a-z-]+)>/g,
    (keyword, name: string) => values[name] ?? keyword,
  );
}

const scheduledEvent = (arn: string, time: string, call: SchedulerCall): string =>
  JSON.stringify({
    version: '0',
    id: call.random.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: call.accountId,
    time,
    region: call.region,
    resources: [arn],
    detail: '{}',
  });
