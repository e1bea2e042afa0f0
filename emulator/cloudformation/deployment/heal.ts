import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call';
import { rootOf } from '../../principal';
import type { CloudFormationState } from '../state';
import type { Stack } from '../stack';
import type { Model } from '../template/model';
import { isShifting } from './alias-update';
import { deleteStack, resumeUpdate, rollBackCreation } from './deploy';
import { finishCleanUp } from './finish';
import { failResources, interruptedStacks, launch } from './launch';
import { rollBackUpdate } from './rollback';
import type { Run } from './run';

const interrupted = 'The emulator was stopped in the middle of this operation.';

type StackCall = Call<CloudFormationState>;

/** What a stack is to be, from the settings that it has. */
type ModelOf = (stack: Stack) => Promise<Model>;

/**
 * Takes up what an earlier process did not live to end: half a creation or update is rolled back,
 * half a rollback or deletion goes on, and so does an update that only waits for CodeDeploy to move
 * an alias. A resource that was just being made may stay behind, because nobody has learnt its id.
 */
export async function heal(call: StackCall, modelOf: ModelOf): Promise<void> {
  for (const stack of interruptedStacks(call)) {
    // Whoever asked meanwhile may have taken it up.
    if (!interruptedStacks(call).includes(stack)) continue;
    const work = waitsForShift(stack) ? goOn(modelOf) : resumptions[stack.status];
    if (!work) {
      call.state.busy.delete(stack.id);
      continue;
    }
    if (!waitsForShift(stack)) failResources(call, stack, interrupted);
    const caller = stack.operator ?? { principal: rootOf(call.accountId) };
    await launch(call, { stack, caller, token: undefined, work });
  }
}

/** All that is under way is CodeDeploy's, whose state says how far it is. */
function waitsForShift({ status, resources }: Stack): boolean {
  const underway = [...resources.values()].filter((each) => each.status.endsWith('_IN_PROGRESS'));
  return status === 'UPDATE_IN_PROGRESS' && underway.length > 0 && underway.every(isShifting);
}

const goOn =
  (modelOf: ModelOf) =>
  async (run: Run): Promise<void> => {
    const { stack } = run;
    const model = await modelOf(stack).catch(() => undefined);
    if (model) return resumeUpdate({ ...run, policy: stack.updatePolicy ?? stack.policy }, model);
    failResources(run.call, stack, interrupted);
    await goBack(run);
  };

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
