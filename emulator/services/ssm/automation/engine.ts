import type { AutomationExecutionStatus } from '@aws-sdk/client-ssm';
import type { Call } from '../../../call';
import type { Execution, SsmState, StepRecord } from '../state';
import type { Outcome } from './action';
import { asText } from './interpolate';
import { notifyExecution, notifyStep } from './notify';
import { callerOf } from './role';
import { isCritical, isTrue, readRunbook, type RunbookStep } from './runbook';
import { isFailure, type Run, runStep } from './run-step';

type SsmCall = Call<SsmState>;

/** A runbook whose steps jump in circles ends here instead of never. */
const mostSteps = 100;
const nothingYet = 'No output available yet because the step is not successfully executed';

export const isOver = ({ status }: Execution): boolean => status !== 'InProgress';

/** Takes an execution on from where it stands, until it ends or a step has to wait. */
export async function proceed(id: string, call: SsmCall): Promise<void> {
  const execution = call.state.executions.get(id);
  if (!execution || isOver(execution)) return;
  execution.timer = undefined;
  const runbook = readRunbook(execution.content, execution.format);
  try {
    const caller = await callerOf(execution, call);
    if ((await takeSteps({ execution, runbook, call, caller })) === 'waiting') return;
  } catch (error) {
    // The role went, or no longer trusts Systems Manager, while the automation waited.
    fail(execution, 'Failed', (error as Error).message);
  }
  if (!isOver(execution)) finish(execution, call);
}

async function takeSteps(run: Run): Promise<'done' | 'waiting'> {
  const { execution } = run;
  for (let count = 0; execution.next !== undefined && count < mostSteps; count += 1) {
    if ((await takeStep(run)) === 'waiting') return 'waiting';
    if (isOver(execution)) return 'done';
  }
  if (execution.next !== undefined) fail(execution, 'Failed', 'The number of steps is exceeded.');
  return 'done';
}

async function takeStep(run: Run): Promise<'done' | 'waiting'> {
  const { execution, runbook, call } = run;
  const step = runbook.mainSteps.find(({ name }) => name === execution.next);
  const record = execution.steps.find(({ name }) => name === execution.next);
  if (!step || !record) throw new Error(`no step is called ${execution.next}`);
  const outcome = await runStep(run, step, record);
  if (isOver(execution)) return 'done';
  if (outcome.status === 'Waiting') {
    wait(execution, record, { until: outcome.until, call });
    return 'waiting';
  }
  settle(run, { step, record, outcome });
  return 'done';
}

function wait(
  execution: Execution,
  record: StepRecord,
  { until, call }: { until: Date; call: SsmCall },
): void {
  record.wakeAt = until;
  execution.timer = call.timers.set({
    name: 'automation',
    at: until,
    payload: { id: execution.id },
  });
  call.touch();
}

interface Settled {
  step: RunbookStep;
  record: StepRecord;
  outcome: Exclude<Outcome, { status: 'Waiting' }>;
}

function settle(run: Run, { step, record, outcome }: Settled): void {
  const { execution, call } = run;
  record.status = outcome.status;
  record.endedAt = call.now();
  if (isFailure(outcome)) {
    record.failureMessage = outcome.message;
    const names = (step.outputs ?? []).map(({ Name }) => [Name, nothingYet]);
    record.outputs = Object.fromEntries(names) as Record<string, unknown>;
    if (isCritical(step)) fail(execution, outcome.status, outcome.message);
  } else {
    record.outputs = outcome.outputs ?? {};
  }
  execution.next = following(run, step, outcome);
  notifyStep(execution, record, call);
}

function fail(execution: Execution, status: AutomationExecutionStatus, message: string): void {
  execution.verdict = status;
  execution.failureMessage ??= message;
}

function following({ runbook }: Run, step: RunbookStep, outcome: Outcome): string | undefined {
  // A branch that ends the automation ends it where none of its choices holds.
  if (outcome.status === 'Success' && outcome.nextStep !== undefined) return outcome.nextStep;
  if (isTrue(step.isEnd)) return undefined;
  if (isFailure(outcome) && step.onFailure !== 'Continue') return jumpOf(step.onFailure);
  return step.nextStep ?? runbook.mainSteps[runbook.mainSteps.indexOf(step) + 1]?.name;
}

/** Where `step:name` leads; `Abort`, the default, leads nowhere. */
export const jumpOf = (to = 'Abort'): string | undefined =>
  to.startsWith('step:') ? to.slice('step:'.length) : undefined;

/** Closes an execution with the verdict that its critical steps have left. */
export function finish(execution: Execution, call: SsmCall): void {
  execution.next = undefined;
  execution.endedAt = call.now();
  const { outputs = [] } = readRunbook(execution.content, execution.format);
  execution.outputs = Object.fromEntries(outputs.map((name) => [name, outputOf(execution, name)]));
  execution.status = execution.verdict;
  notifyExecution(execution, call);
}

function outputOf({ steps }: Execution, reference: string): string[] {
  const [step, ...name] = reference.split('.');
  const value = steps.find((record) => record.name === step)?.outputs[name.join('.')];
  return value === undefined ? [nothingYet] : shownOutput(value);
}

/** Outputs are lists of strings to the API, whatever their type. */
export const shownOutput = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(asText) : [asText(value)];
