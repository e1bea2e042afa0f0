import {
  AutomationExecutionNotFoundException,
  InvalidAutomationStatusUpdateException,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { refuse } from '../../refuse';
import { finish, isOver, jumpOf, proceed } from './automation/engine';
import { notifyExecution, notifyStep } from './automation/notify';
import { readRunbook } from './automation/runbook';
import { makeExecution } from './automation/start';
import { constraint } from './constraints';
import type { Execution, SsmHandlers, SsmState } from './state';

type SsmCall = Call<SsmState>;

const idLength = 36;

export function requireExecution(id: string, { state }: SsmCall): Execution {
  const execution = state.executions.get(id);
  if (execution) return execution;
  if (id.length < idLength)
    throw constraint(
      id,
      'automationExecutionId',
      `have length greater than or equal to ${idLength}`,
    );
  // The text is not verified.
  throw refuse(
    AutomationExecutionNotFoundException,
    `Automation execution with id ${id} does not exist.`,
  );
}

/** Ends the step that waits, then the automation, unless the step says where to go on. */
function cancel(execution: Execution, call: SsmCall): void {
  const { steps } = readRunbookSteps(execution);
  const step = steps.find(({ name }) => name === execution.next);
  const record = execution.steps.find(({ name }) => name === execution.next);
  if (execution.timer !== undefined) call.timers.cancel(execution.timer);
  execution.timer = undefined;
  execution.verdict = 'Cancelled';
  if (record && record.status === 'InProgress') {
    record.status = 'Cancelled';
    record.endedAt = call.now();
    delete record.wakeAt;
    notifyStep(execution, record, call);
  }
  execution.next = jumpOf(step?.onCancel);
  if (execution.next === undefined) finish(execution, call);
  else call.background(() => proceed(execution.id, call));
}

const readRunbookSteps = ({ content, format }: Execution) => ({
  steps: readRunbook(content, format).mainSteps,
});

export const automations = {
  async StartAutomationExecution(input, call) {
    const execution = await makeExecution(input, call);
    call.state.executions.set(execution.id, execution);
    notifyExecution(execution, call);
    call.background(() => proceed(execution.id, call));
    return { AutomationExecutionId: execution.id };
  },

  StopAutomationExecution({ AutomationExecutionId = '', Type = 'Cancel' }, call) {
    const execution = requireExecution(AutomationExecutionId, call);
    if (isOver(execution)) {
      // The text is not verified.
      throw refuse(
        InvalidAutomationStatusUpdateException,
        `Automation execution ${AutomationExecutionId} is already in status ${execution.status}.`,
      );
    }
    if (Type === 'Cancel') {
      cancel(execution, call);
    } else {
      execution.next = undefined;
      finish(execution, call);
    }
    return {};
  },
} satisfies SsmHandlers;
