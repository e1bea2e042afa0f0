import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import { rootOf } from '../../principal';
import type { CloudFormationState } from '../state';
import { deleteStack, rollBackCreation } from './deploy';
import { finishCleanUp } from './finish';
import { failResources, interruptedStacks, launch } from './launch';
import { rollBackUpdate } from './rollback';
import type { Run } from './run';

const interrupted = 'The emulator was stopped in the middle of this operation.';

/**
 * Takes up what an earlier process did not live to end: half a creation or update is rolled back,
 * half a rollback or deletion goes on. A resource that was just being made may stay behind, because
 * nobody has learnt its id.
 */
export async function heal(call: Call<CloudFormationState>): Promise<void> {
  for (const stack of interruptedStacks(call)) {
    const resume = resumptions[stack.status];
    if (!resume) {
      call.state.busy.delete(stack.id);
      continue;
    }
    failResources(call, stack, interrupted);
    const caller = stack.operator ?? { principal: rootOf(call.accountId) };
    await launch(call, { stack, caller, token: undefined, work: resume });
  }
}

const goBack = (run: Run): Promise<void> => rollBackUpdate(run, interrupted);
const undo = (run: Run): Promise<void> =>
  rollBackCreation(run, `${interrupted} Rollback requested by user.`);

const resumptions: Partial<Record<StackStatus, (run: Run) => Promise<void>>> = {
  CREATE_IN_PROGRESS: undo,
  ROLLBACK_IN_PROGRESS: undo,
  UPDATE_IN_PROGRESS: goBack,
  UPDATE_ROLLBACK_IN_PROGRESS: goBack,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: (run) => finishCleanUp(run, 'UPDATE_COMPLETE'),
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: (run) =>
    finishCleanUp(run, 'UPDATE_ROLLBACK_COMPLETE'),
  DELETE_IN_PROGRESS: (run) => deleteStack(run, { reason: interrupted }),
};
