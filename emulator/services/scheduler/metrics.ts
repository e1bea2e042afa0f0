import { publishMetrics } from '../../publish-metrics';
import type { Failure } from '../../targets';
import type { Invocation } from './invoke';
import type { SchedulerCall } from './state';

const publisher = { namespace: 'AWS/Scheduler', service: 'scheduler.amazonaws.com' };

/** Counts an attempt with what came of it, or one metric by name, under the schedule's group. */
export function count(
  { group }: Pick<Invocation, 'group'>,
  outcome: Failure | string | undefined,
  call: SchedulerCall,
): void {
  const names = typeof outcome === 'string' ? [outcome] : namesOf(outcome);
  const dimensions = { ScheduleGroup: group };
  publishMetrics(
    publisher,
    names.map((name) => ({ name, dimensions })),
    call,
  );
}

function namesOf(failure: Failure | undefined): string[] {
  if (!failure) return ['InvocationAttemptCount'];
  const kind = failure.code === 'THROTTLING' ? 'TargetErrorThrottledCount' : 'TargetErrorCount';
  return [
    'InvocationAttemptCount',
    kind,
    ...(failure.isRetryable ? [] : ['InvocationDroppedCount']),
  ];
}
