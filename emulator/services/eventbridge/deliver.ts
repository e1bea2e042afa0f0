import type { Target } from '@aws-sdk/client-eventbridge';
import type { Caller } from '../../principal';
import { inputFor } from './input';
import type { Event, EventBridgeCall, Rule } from './state';
import { kindOf } from './targets';
import { sendToQueue } from './targets/queue';

const itself = 'events.amazonaws.com';

/** Hands an event to all targets of a rule, after the call that brought it has answered. */
export function deliverToTargets(rule: Rule, event: Event, call: EventBridgeCall): void {
  for (const target of rule.targets.values())
    call.background(() => deliver(target, { rule, event }, call));
}

interface Matched {
  rule: Rule;
  event: Event;
}

async function deliver(target: Target, matched: Matched, call: EventBridgeCall): Promise<void> {
  const { rule, event } = matched;
  const input = inputFor(target, matched, call);
  if (input === undefined) {
    await lose(target, { rule, body: JSON.stringify(event), failure: unusable }, call);
    return;
  }
  const failure = await failureOf(target, { rule, input }, call);
  if (failure) await lose(target, { rule, body: input, failure }, call);
}

interface Failure {
  code: string;
  message: string;
}

const unusable: Failure = {
  code: 'INVALID_JSON',
  message: 'The input transformer did not make JSON of the event.',
};

/** Errors that AWS does not retry: no permission, no target. */
async function failureOf(
  target: Target,
  { rule, input }: { rule: Rule; input: string },
  call: EventBridgeCall,
): Promise<Failure | undefined> {
  let caller: Caller;
  try {
    caller = target.RoleArn
      ? await call.assume(target.RoleArn, itself)
      : call.asService(itself, rule.arn);
  } catch (error) {
    return { code: 'FAILED_TO_ASSUME_ROLE', message: answerOf(error).message };
  }
  try {
    await kindOf(target)?.send(input, { target, caller, call });
    return undefined;
  } catch (error) {
    const { name, message } = answerOf(error);
    return { code: codeOf(name), message };
  }
}

/** What another service answered; anything else is a mistake of ours. */
function answerOf(error: unknown): Error {
  if (error instanceof Error && '$fault' in error) return error;
  throw error;
}

function codeOf(name: string): string {
  if (/AccessDenied|AuthorizationError/.test(name)) return 'NO_PERMISSIONS';
  return /NotFound|QueueDoesNotExist|NonExistent/.test(name) ? 'NO_RESOURCE' : 'SDK_CLIENT_ERROR';
}

/** The dead-letter queue of the target gets what the target did not; else it is gone. */
async function lose(
  target: Target,
  { rule, body, failure }: { rule: Rule; body: string; failure: Failure },
  call: EventBridgeCall,
): Promise<void> {
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn ?? '',
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
  };
  try {
    await sendToQueue({ queueArn, body, attributes }, call.asService(itself, rule.arn), call);
  } catch (error) {
    answerOf(error);
  }
}
