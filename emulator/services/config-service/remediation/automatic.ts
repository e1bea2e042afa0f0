import type { SSM } from '@aws-sdk/client-ssm';
import type { RemediationParameterValue } from '@aws-sdk/client-config-service';
import { type ConfigCall, type RemediationExecution, remediationKey, resourceKey } from '../state';
import { addException, hasException } from './exception-store';

/** One resource under one rule. */
export interface Target {
  rule: string;
  type: string;
  id: string;
}

const service = 'config.amazonaws.com';
const defaultAttempts = 5;
const defaultRetrySeconds = 60;

export const isRunning = ({ state }: RemediationExecution): boolean =>
  state === 'QUEUED' || state === 'IN_PROGRESS';

/** Systems Manager as Config calls it, on behalf of a rule. */
export const ssmFor = (rule: string, call: ConfigCall): SSM => {
  const arn = call.state.rules.get(rule)?.configuration.ConfigRuleArn;
  return call.client<SSM>('ssm', call.asService(service, arn));
};

function valuesOf({ ResourceValue, StaticValue }: RemediationParameterValue, id: string): string[] {
  return ResourceValue ? [id] : (StaticValue?.Values ?? []);
}

/** Queues the rule's remediation of one resource; the automation starts behind the call's answer. */
export function remediate(target: Target, automatic: boolean, call: ConfigCall): void {
  const { rule, type, id } = target;
  const key = remediationKey(target);
  const known = call.state.executions.get(key);
  if (known?.timer !== undefined) call.timers.cancel(known.timer);
  const now = call.now();
  const execution: RemediationExecution = {
    rule,
    type,
    id,
    automatic,
    state: 'QUEUED',
    invokedAt: now,
    updatedAt: now,
    attempts: automatic ? (known?.attempts ?? 0) + 1 : 0,
  };
  call.state.executions.set(key, execution);
  call.touch();
  call.background(() => start(execution, call));
}

async function start(execution: RemediationExecution, call: ConfigCall): Promise<void> {
  const remediation = call.state.remediations.get(execution.rule);
  if (!remediation) return;
  const parameters = Object.entries(remediation.Parameters ?? {});
  try {
    const { AutomationExecutionId } = await ssmFor(execution.rule, call).startAutomationExecution({
      DocumentName: remediation.TargetId,
      DocumentVersion: remediation.TargetVersion,
      Parameters: Object.fromEntries(
        parameters.map(([name, value]) => [name, valuesOf(value, execution.id)]),
      ),
    });
    execution.automationId = AutomationExecutionId;
    execution.state = 'IN_PROGRESS';
  } catch (error) {
    execution.failure = (error as Error).message;
    finish(execution, 'FAILED', call);
    return;
  }
  // An automation without waits may be over before its id is known here.
  await review(execution, call);
}

/** Takes over the result of the automation, if it is over. */
async function review(execution: RemediationExecution, call: ConfigCall): Promise<void> {
  const { AutomationExecution: automation } = await ssmFor(
    execution.rule,
    call,
  ).getAutomationExecution({ AutomationExecutionId: execution.automationId });
  const status = automation?.AutomationExecutionStatus;
  if (!isRunning(execution) || status === 'InProgress') return;
  finish(execution, status === 'Success' ? 'SUCCEEDED' : 'FAILED', call);
}

/** An automation has changed: whose remediation it is hears of it. */
export async function reviewAutomation(id: string, call: ConfigCall): Promise<void> {
  const executions = [...call.state.executions.values()];
  const execution = executions.find(({ automationId }) => automationId === id);
  if (execution && isRunning(execution)) await review(execution, call);
}

const isNonCompliant = (target: Target, { state }: ConfigCall): boolean =>
  state.rules.get(target.rule)?.results.get(resourceKey(target))?.compliance === 'NON_COMPLIANT';

function finish(
  execution: RemediationExecution,
  state: 'SUCCEEDED' | 'FAILED',
  call: ConfigCall,
): void {
  execution.state = state;
  execution.updatedAt = call.now();
  call.touch();
  if (!execution.automatic || !isNonCompliant(execution, call)) return;
  const { MaximumAutomaticAttempts: most = defaultAttempts, RetryAttemptSeconds: window } =
    call.state.remediations.get(execution.rule) ?? {};
  // All attempts fall into the window that RetryAttemptSeconds sets.
  const pause = ((window ?? defaultRetrySeconds) * 1000) / most;
  execution.timer = call.timers.set({
    name: 'remediate',
    at: new Date(call.now().getTime() + pause),
    payload: { key: remediationKey(execution) },
  });
}

/** A while after an attempt: is the resource still not compliant, then the next, or an exception. */
export function retry({ key }: { key: string }, call: ConfigCall): void {
  const execution = call.state.executions.get(key);
  if (!execution) return;
  execution.timer = undefined;
  const remediation = call.state.remediations.get(execution.rule);
  if (!remediation?.Automatic || !isNonCompliant(execution, call)) {
    execution.attempts = 0;
    return;
  }
  if (execution.attempts < (remediation.MaximumAutomaticAttempts ?? defaultAttempts)) {
    remediate(execution, true, call);
    return;
  }
  execution.attempts = 0;
  addException(execution, call);
}

/** Starts the automatic remediation of a resource, unless one is under way or an exception stands. */
export function remediateAutomatically(target: Target, call: ConfigCall): void {
  if (!call.state.remediations.get(target.rule)?.Automatic || hasException(target, call)) return;
  const known = call.state.executions.get(remediationKey(target));
  if (known && (isRunning(known) || known.timer !== undefined)) return;
  remediate(target, true, call);
}

/** A resource that is compliant, or no longer judged, starts again from no attempts. */
export function forgetAttempts(target: Target, call: ConfigCall): void {
  const known = call.state.executions.get(remediationKey(target));
  if (!known) return;
  if (known.timer !== undefined) call.timers.cancel(known.timer);
  known.timer = undefined;
  known.attempts = 0;
}
