import { checkImports, importsOf } from '../template/imports';
import type { Model } from '../template/model';
import { type Checkpoint, isThere, type Stack } from '../stack';
import type { CloudFormationState } from '../state';
import { failures, setResource, setStatus } from './events';
import { callOff } from './hold';
import { knowledgeOf } from './knowledge';
import { commitOutputs, outputsOf, withdraw } from './outputs';
import { finishCleanUp } from './finish';
import { removeAll } from './remove';
import { deployResource } from './resources';
import { rollBackUpdate, staysAfterRollback } from './rollback';
import type { Run } from './run';
import { schedule } from './schedule';
import { denialOf } from './stack-policy';

/** Creates a stack's resources, and undoes them as its OnFailure says when one fails. */
export async function createStack(run: Run, model: Model): Promise<void> {
  setStatus(run, 'CREATE_IN_PROGRESS', 'User Initiated');
  const problem = await inTime(run, () => deployAll(run, model));
  if (problem === undefined) return setStatus(run, 'CREATE_COMPLETE');
  // Only a deletion stops a creation, and it is waiting for that.
  if (run.stack.isCancelled) return;
  switch (run.stack.onFailure) {
    case 'DO_NOTHING':
      return setStatus(run, 'CREATE_FAILED', problem);
    case 'DELETE':
      return deleteStack(run, { reason: `${problem}Delete requested by user.` });
    case 'ROLLBACK':
      return rollBackCreation(run, `${problem}Rollback requested by user.`);
  }
}

const tooLate = 'Stack creation time exceeded the specified timeout. ';

/** Calls a creation off when its TimeoutInMinutes is over; answers why it stopped, if it did. */
async function inTime(
  run: Run,
  creation: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { call, stack } = run;
  if (stack.timeoutInMinutes === undefined) return creation();
  const key = `timeout:${stack.id}`;
  const deadline = new Date(call.now().getTime() + stack.timeoutInMinutes * 60_000);
  let isTooLate = false;
  const watch = call.park(key, deadline).then((outcome) => {
    isTooLate = outcome === 'timeout';
    if (isTooLate) callOff(run);
  });
  const problem = await creation();
  call.wake(key);
  await watch;
  return isTooLate ? tooLate : problem;
}

/** Deletes what a failed creation has made; RetainExceptOnCreate does not hold here. */
export async function rollBackCreation(run: Run, reason: string): Promise<void> {
  setStatus(run, 'ROLLBACK_IN_PROGRESS', reason);
  const isGone = await removeAll(run, {
    resources: [...run.stack.resources.values()],
    isRetained: ({ deletionPolicy }) => staysAfterRollback(run.stack, deletionPolicy),
  });
  if (isGone) setStatus(run, 'ROLLBACK_COMPLETE');
  else setStatus(run, 'ROLLBACK_FAILED', failures(run.stack, 'delete'));
}

/** Updates a stack to a model; its settings are the new ones already. */
export async function updateStack(run: Run, model: Model): Promise<void> {
  await applyUpdate(run, model);
  await settleUpdate(run);
}

/** Goes on with an update where an earlier process has left it. */
export async function resumeUpdate(run: Run, model: Model): Promise<void> {
  await advanceUpdate(run, model);
  await settleUpdate(run);
}

async function settleUpdate(run: Run): Promise<void> {
  const { status, reason } = run.stack;
  if (status === 'UPDATE_ROLLBACK_IN_PROGRESS') await rollBackUpdate(run, reason);
  if (status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') await finishCleanUp(run, 'UPDATE_COMPLETE');
}

/** The part of an update up to its clean-up or rollback, which a nested stack leaves to its parent. */
export async function applyUpdate(run: Run, model: Model): Promise<void> {
  setStatus(run, 'UPDATE_IN_PROGRESS', 'User Initiated');
  await advanceUpdate(run, model);
}

async function advanceUpdate(run: Run, model: Model): Promise<void> {
  const { stack } = run;
  const problem = protect(run, model) ?? (await deployAll(run, model));
  if (problem !== undefined) {
    const goesBack = stack.onFailure !== 'DO_NOTHING' || stack.isCancelled === true;
    return setStatus(run, goesBack ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'UPDATE_FAILED', problem);
  }
  setStatus(run, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const resource of stack.resources.values()) {
    if (!model.resources.has(resource.logicalId)) stack.leftovers.push(resource);
  }
}

/** Resources that the template no longer has and that the stack policy keeps from deletion. */
function protect(run: Run, model: Model): string | undefined {
  const denied = [...run.stack.resources.values()].flatMap((resource) => {
    if (!isThere(resource) || model.resources.has(resource.logicalId)) return [];
    const denial = denialOf(run.policy, 'Update:Delete', resource);
    if (denial === undefined) return [];
    setResource(run, { ...resource, status: 'UPDATE_FAILED' }, denial);
    return resource.logicalId;
  });
  if (denied.length === 0) return undefined;
  return `The following resource(s) failed to update: [${denied.join(', ')}]. `;
}

/** What the stack is now, for a rollback; an older checkpoint is the last stable one and stays. */
export const checkpointOf = (stack: Stack): Checkpoint =>
  stack.checkpoint ?? {
    settings: stack.settings,
    outputs: stack.outputs,
    imports: stack.imports,
    resources: new Map(stack.resources),
  };

/** Deploys every resource in turn; answers why it stopped, with AWS's trailing blank. */
async function deployAll(run: Run, model: Model): Promise<string | undefined> {
  const { stack, call } = run;
  if (model.refusal !== undefined) return `${model.refusal}. `;
  try {
    const imports = importsOf(model);
    checkImports(call.state, imports);
    const isDone = await schedule(run, {
      order: model.order,
      dependencies: model.dependencies,
      async work(own, logicalId) {
        const declaration = model.resources.get(logicalId);
        return !declaration || deployResource({ run: own, model, logicalId, declaration });
      },
    });
    if (stack.isCancelled) return 'User Initiated. ';
    if (!isDone) return `${failures(stack, 'create')}${failures(stack, 'update')}`;
    const outputs = outputsOf(model, knowledgeOf(stack));
    commitOutputs(call.state, stack, { outputs, imports });
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} `;
  }
}

export interface Deletion {
  reason: string;
  /** Logical ids that stay behind, of a stack whose deletion failed before. */
  retain?: string[];
  isForced?: boolean;
}

/** Deletes a stack's resources, and the stack itself when all are gone. */
export async function deleteStack(run: Run, deletion: Deletion): Promise<void> {
  const { stack } = run;
  stack.deletedAt = run.call.now();
  setStatus(run, 'DELETE_IN_PROGRESS', deletion.reason);
  const isGone = await removeAll(run, {
    resources: [...stack.resources.values(), ...stack.leftovers],
    isRetained: ({ logicalId, deletionPolicy }) =>
      deletionPolicy.startsWith('Retain') || (deletion.retain ?? []).includes(logicalId),
    ...(deletion.isForced ? { isForced: true } : {}),
  });
  if (!isGone) return setStatus(run, 'DELETE_FAILED', failures(stack, 'delete'));
  forget(run.call.state, stack);
  setStatus(run, 'DELETE_COMPLETE');
}

/** A deleted stack is found by its id only. */
function forget(state: CloudFormationState, stack: Stack): void {
  withdraw(state, stack);
  if (state.names.get(stack.name) === stack.id) state.names.delete(stack.name);
  stack.changeSets.clear();
  stack.leftovers = [];
}
