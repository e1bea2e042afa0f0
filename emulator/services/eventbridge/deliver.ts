import type { Caller } from '../../principal';
import {
  assumeFor,
  type Exhausted,
  type Failure,
  failureOf,
  nextTry,
  sendToQueue,
} from '../../targets';
import { inputFor } from './input';
import { countDelivery } from './metrics';
import type { EventBridgeCall, Routed, Rule } from './state';
import { kindOf } from './targets';
import type { Delivery } from './targets/kind';

const itself = 'events.amazonaws.com';

/** Hands an event to all targets of a rule, after the call that brought it has answered. */
export function deliverToTargets(
  { name, arn, busName, targets }: Rule,
  { event, hops = {} }: Routed,
  call: EventBridgeCall,
): void {
  const rule = { name, arn, busName };
  for (const target of targets.values()) {
    const input = inputFor(target, { rule, event }, call);
    const begun = { rule, target, event, hops, attempts: 0, firstAt: call.now().getTime() };
    call.background(() =>
      input === undefined
        ? lose({ ...begun, input: JSON.stringify(event) }, { failure: unusable }, call)
        : attempt({ ...begun, input }, call),
    );
  }
}

const unusable: Failure = {
  code: 'INVALID_JSON',
  name: 'INVALID_JSON',
  message: 'The input transformer did not make JSON of the event.',
  isRetryable: false,
};

/** Tries a delivery once more; a timer's own name, so that it survives a restart. */
export async function attempt(before: Delivery, call: EventBridgeCall): Promise<void> {
  const delivery = { ...before, attempts: before.attempts + 1 };
  const failure = await failureOfSending(delivery, call);
  if (!failure) {
    countDelivery(delivery, ['Invocations', 'SuccessfulInvocationAttempts'], call);
    return;
  }
  if (!failure.isRetryable) return lose(delivery, { failure }, call);
  const next = nextTry(delivery, delivery.target.RetryPolicy, call.now());
  if (!(next instanceof Date)) return lose(delivery, { failure, exhausted: next }, call);
  countDelivery(delivery, [], call);
  call.timers.set({ name: 'retry', at: next, payload: delivery });
}

async function failureOfSending(
  delivery: Delivery,
  call: EventBridgeCall,
): Promise<Failure | undefined> {
  const kind = kindOf(delivery.target);
  if (!kind) return undefined;
  const hindrance = kind.hinder?.(delivery, call);
  if (hindrance) return hindrance;
  let caller: Caller;
  try {
    caller = await callerOf(delivery, call);
  } catch (error) {
    return { ...failureOf(error), code: kind.roleFailure ?? 'FAILED_TO_ASSUME_ROLE' };
  }
  return kind.send(delivery, caller, call).then(() => undefined, failureOf);
}

const callerOf = async ({ target, rule }: Delivery, call: EventBridgeCall): Promise<Caller> =>
  target.RoleArn === undefined
    ? call.asService(itself, rule.arn)
    : assumeFor(
        { roleArn: target.RoleArn, service: itself, sourceArn: rule.arn, sessionName: 'events' },
        call,
      );

interface Loss {
  failure: Failure;
  exhausted?: Exhausted;
}

/** The dead-letter queue of the target gets what the target did not; else it is gone. */
async function lose(delivery: Delivery, loss: Loss, call: EventBridgeCall): Promise<void> {
  const { rule, target, input: body } = delivery;
  const queueArn = target.DeadLetterConfig?.Arn;
  const counted = ['Invocations', 'FailedInvocations'];
  if (queueArn === undefined) {
    countDelivery(delivery, counted, call);
    return;
  }
  const attributes = attributesOf(delivery, loss);
  try {
    await sendToQueue({ queueArn, body, attributes }, call.asService(itself, rule.arn), call);
    countDelivery(delivery, [...counted, 'InvocationsSentToDlq'], call);
  } catch (error) {
    failureOf(error);
    countDelivery(delivery, [...counted, 'InvocationsFailedToBeSentToDlq'], call);
  }
}

/** Source: EventBridge's user guide on dead-letter queues. */
const attributesOf = (
  { rule, target, attempts }: Delivery,
  { failure, exhausted }: Loss,
): Record<string, string> => ({
  RULE_ARN: rule.arn,
  TARGET_ARN: target.Arn ?? '',
  ERROR_CODE: failure.code,
  ERROR_MESSAGE: failure.message,
  ...(exhausted === undefined
    ? {}
    : { EXHAUSTED_RETRY_CONDITION: exhausted, RETRY_ATTEMPTS: String(attempts - 1) }),
});
