import type { Caller } from '../../../principal';
import type { Call } from '../../../call';
import type { Execution, SsmState, StepRecord } from '../state';
import { failed, type Outcome, type StepRun } from './action';
import { actionOf } from './actions';
import { interpolate } from './interpolate';
import { lookupIn } from './lookup';
import { notifyStep } from './notify';
import type { Runbook, RunbookStep } from './runbook';

/** One execution in the hands of the interpreter. */
export interface Run {
  execution: Execution;
  runbook: Runbook;
  caller: Caller;
  call: Call<SsmState>;
}

function begin(run: Run, record: StepRecord): void {
  Object.assign(record, {
    status: 'InProgress',
    attempts: 1,
    startedAt: run.call.now(),
    outputs: {},
    inputs: {},
  });
  delete record.endedAt;
  delete record.failureMessage;
  notifyStep(run.execution, record, run.call);
}

const shown = (inputs: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, JSON.stringify(value)]));

async function attempt(run: Run, step: RunbookStep, record: StepRecord): Promise<Outcome> {
  const lookup = lookupIn(run.execution, run.runbook, run.call);
  try {
    const inputs = interpolate(step.inputs ?? {}, lookup) as StepRun['inputs'];
    record.inputs = shown(inputs);
    const { execution, caller, call } = run;
    const action = actionOf(step, execution.document);
    return await action({ execution, step, record, inputs, caller, call });
  } catch (error) {
    return failed((error as Error).message);
  }
}

/** Runs a step, or looks again at one that waits; failures are tried again up to `maxAttempts`. */
export async function runStep(run: Run, step: RunbookStep, record: StepRecord): Promise<Outcome> {
  if (record.wakeAt === undefined) begin(run, record);
  delete record.wakeAt;
  let outcome = await attempt(run, step, record);
  while (isFailure(outcome) && record.attempts < Number(step.maxAttempts ?? 1)) {
    record.attempts += 1;
    outcome = await attempt(run, step, record);
  }
  return outcome;
}

export const isFailure = (
  outcome: Outcome,
): outcome is Extract<Outcome, { status: 'Failed' | 'TimedOut' }> =>
  outcome.status === 'Failed' || outcome.status === 'TimedOut';
