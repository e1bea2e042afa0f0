import type { Call } from '../../../call';
import type { Caller } from '../../../principal';
import type { Execution, SsmState, StepRecord } from '../state';
import type { RunbookStep } from './runbook';

/** What an action knows when it runs: its inputs with every reference filled in. */
export interface StepRun {
  execution: Execution;
  step: RunbookStep;
  record: StepRecord;
  inputs: Record<string, unknown>;
  /** The role of the automation, or whoever started it. */
  caller: Caller;
  call: Call<SsmState>;
}

/** How an action ended, or when it wants to look again. */
export type Outcome =
  | { status: 'Success'; outputs?: Record<string, unknown>; nextStep?: string }
  | { status: 'Failed' | 'TimedOut'; message: string }
  | { status: 'Waiting'; until: Date };

export type Action = (run: StepRun) => Outcome | Promise<Outcome>;

const guide =
  'Please refer to Automation Service Troubleshooting Guide for more diagnosis details.';

/** A failure in AWS's own frame of words. */
export const failed = (reason: string, when = 'Execute/Cancelling action'): Outcome => ({
  status: 'Failed',
  message: `Step fails when it is ${when}. ${reason.replace(/\.$/, '')}. ${guide}`,
});

// The middle of the text is not verified.
export const timedOut = (): Outcome => ({
  status: 'TimedOut',
  message: `Step timed out while step is Execute/Cancelling action. ${guide}`,
});

export const after = (from: Date, seconds: number): Date =>
  new Date(from.getTime() + seconds * 1000);
