import type { Target } from '@aws-sdk/client-scheduler';
import type { Caller } from '../../principal';
import {
  assumeFor,
  type Exhausted,
  type Failure,
  failureOf,
  nextTry,
  sendToQueue,
  type Tries,
} from '../../targets';
import { groupArn } from './find';
import { inputFor } from './input';
import { count } from './metrics';
import { removeSchedule } from './remove';
import type { Schedule, SchedulerCall } from './state';
import { sendTo } from './targets';
import { arm, type Due } from './timing';

/** An occurrence under way to the target; kept as it is between two attempts. */
export interface Invocation extends Tries {
  group: string;
  name: string;
  arn: string;
  target: Target;
  time: number;
  /** No occurrence follows, and the schedule is to be deleted then. */
  isLast: boolean;
}

/** An occurrence is due: the next one gets its timer, and the target is invoked. */
export async function occur({ group, name, time }: Due, call: SchedulerCall): Promise<void> {
  const schedule = call.state.groups.get(group)?.schedules.get(name);
  if (!schedule) return;
  schedule.last = time;
  const isLast = !arm(schedule, call) && schedule.afterwards === 'DELETE';
  const { arn, target } = schedule;
  const firstAt = call.now().getTime();
  await attempt({ group, name, arn, target, time, isLast, attempts: 0, firstAt }, call);
}

/** Tries an invocation once more. */
export async function attempt(before: Invocation, call: SchedulerCall): Promise<void> {
  const invocation = { ...before, attempts: before.attempts + 1 };
  const executionId = call.random.hex(16);
  const input = inputFor(invocation, executionId, call);
  const failure = await failureOfSending(invocation, input, call);
  count(invocation, failure, call);
  if (!failure) return finish(invocation, call);
  const next = failure.isRetryable
    ? nextTry(invocation, invocation.target.RetryPolicy, call.now())
    : undefined;
  if (next instanceof Date) {
    call.timers.set({ name: 'retry', at: next, payload: invocation });
    return;
  }
  await lose(invocation, { failure, exhausted: next, executionId, input }, call);
  finish(invocation, call);
}

async function failureOfSending(
  invocation: Invocation,
  input: string,
  call: SchedulerCall,
): Promise<Failure | undefined> {
  try {
    const caller = await roleOf(invocation, call);
    await sendTo({ ...invocation, input }, caller, call);
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

/** The execution role, assumed on behalf of the group, which is what `aws:SourceArn` names. */
export const roleOf = (
  { group, target }: Pick<Invocation, 'group' | 'target'>,
  call: SchedulerCall,
): Promise<Caller> =>
  assumeFor(
    {
      roleArn: target.RoleArn ?? '',
      service: 'scheduler.amazonaws.com',
      sourceArn: groupArn(group, call),
      sessionName: 'Amazon_EventBridge_Scheduler',
    },
    call,
  );

interface Loss {
  failure: Failure;
  exhausted: Exhausted | undefined;
  executionId: string;
  input: string;
}

/** The dead-letter queue gets the payload, by the execution role; else it is dropped. */
async function lose(invocation: Invocation, loss: Loss, call: SchedulerCall): Promise<void> {
  const queueArn = invocation.target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  const sent = { queueArn, body: loss.input, attributes: attributesOf(invocation, loss) };
  try {
    await sendToQueue(sent, await roleOf(invocation, call), call);
    count(invocation, 'InvocationsSentToDeadLetterCount', call);
  } catch (error) {
    failureOf(error);
    count(invocation, 'InvocationsFailedToBeSentToDeadLetterCount', call);
  }
}

/** Source: EventBridge Scheduler's user guide on dead-letter queues. */
const attributesOf = (
  { arn, target, time, attempts }: Invocation,
  { failure, exhausted, executionId }: Loss,
): Record<string, string> => ({
  ERROR_CODE: failure.name,
  ERROR_MESSAGE: failure.message,
  EXECUTION_ID: executionId,
  ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  IS_PAYLOAD_TRUNCATED: 'false',
  RETRY_ATTEMPTS: String(attempts - 1),
  SCHEDULED_TIME: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
  SCHEDULE_ARN: arn,
  TARGET_ARN: target.Arn ?? '',
});

function finish({ group, name, isLast }: Invocation, call: SchedulerCall): void {
  const schedule: Schedule | undefined = call.state.groups.get(group)?.schedules.get(name);
  if (isLast && schedule?.afterwards === 'DELETE') removeSchedule(schedule, call);
}
