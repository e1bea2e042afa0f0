import { isDeepStrictEqual } from 'node:util';
import { childOf, inside, notUpdated } from '../built-in/child';
import { nestedType } from '../built-in/types';
import { type Checkpoint, isThere, type Stack, type StackResource } from '../stack';
import { ordered } from '../template/graph';
import { failures, setResource, setStatus } from './events';
import { isSameResource } from './identity';
import { changeInPlace } from './in-place';
import { commitOutputs } from './outputs';
import { reasonOf } from './reason';
import { cleanUp } from './remove';
import type { Run } from './run';

/** Takes a failed update back; resources that the run skips are taken for rolled back. */
export async function rollBackUpdate(run: Run, reason: string | undefined): Promise<void> {
  const { stack } = run;
  const { checkpoint } = stack;
  if (stack.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') {
    setStatus(run, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  }
  if (!checkpoint) return setStatus(run, 'UPDATE_ROLLBACK_COMPLETE');
  delete stack.isCancelled;
  // The stack's own tags are on the resources again before the providers are called.
  stack.settings = checkpoint.settings;
  const isBack = await restoreAll(run, checkpoint);
  if (!isBack) return setStatus(run, 'UPDATE_ROLLBACK_FAILED', failures(stack, 'update'));
  commitOutputs(run.call.state, stack, checkpoint);
  setStatus(run, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const resource of stack.resources.values()) {
    if (!checkpoint.resources.has(resource.logicalId)) stack.leftovers.push(made(stack, resource));
  }
  await cleanUp(run, ({ logicalId }) => checkpoint.resources.has(logicalId));
  delete stack.checkpoint;
  setStatus(run, 'UPDATE_ROLLBACK_COMPLETE');
}

async function restoreAll(run: Run, checkpoint: Checkpoint): Promise<boolean> {
  const dependencies = new Map(
    [...checkpoint.resources.values()].map(({ logicalId, dependsOn }) => [
      logicalId,
      new Set(dependsOn.filter((name) => checkpoint.resources.has(name))),
    ]),
  );
  let isBack = true;
  for (const logicalId of ordered(dependencies)) {
    const before = checkpoint.resources.get(logicalId);
    if (before && !(await restoreOne(run, before))) isBack = false;
  }
  return isBack;
}

async function restoreOne(run: Run, before: StackResource): Promise<boolean> {
  const { resources } = run.stack;
  const { logicalId } = before;
  const current = resources.get(logicalId);
  if (!current || !(differs(current, before) || canGoBack(run, current))) return true;
  if (!run.skip?.includes(logicalId)) return restore(run, current, before);
  resources.set(logicalId, before);
  return true;
}

/** By content: after a restart records are no longer the same objects. */
const differs = (current: StackResource, before: StackResource): boolean =>
  current.physicalId !== before.physicalId ||
  !current.status.endsWith('_COMPLETE') ||
  !isSame(current, before);

const isSame = (one: StackResource, other: StackResource): boolean =>
  isDeepStrictEqual([one.properties, one.stackTags], [other.properties, other.stackTags]);

async function restore(run: Run, current: StackResource, before: StackResource): Promise<boolean> {
  const draft: StackResource = { ...before, status: 'UPDATE_IN_PROGRESS' };
  setResource(run, draft);
  try {
    const restored = await goBack(run, current, draft);
    setResource(run, { ...restored, status: 'UPDATE_COMPLETE' });
    return true;
  } catch (error) {
    const reason = reasonOf(error, draft.type, run);
    setResource(run, { ...current, status: 'UPDATE_FAILED' }, reason);
    return false;
  }
}

async function goBack(
  run: Run,
  current: StackResource,
  draft: StackResource,
): Promise<StackResource> {
  const { stack } = run;
  if (isThere(current) && !isSameResource(current, draft)) {
    // The replacement goes in the clean-up, and what it replaced stays after all.
    stack.leftovers = stack.leftovers.filter((each) => !isSameResource(each, draft));
    stack.leftovers.push(made(stack, current));
    return draft;
  }
  if (draft.type === nestedType) return canGoBack(run, draft) ? rollBackNested(run, draft) : draft;
  return isSame(current, draft) ? draft : changeInPlace(run, current, draft);
}

/** What the failed update itself has made goes, unless its policy holds. */
const made = (stack: Stack, resource: StackResource): StackResource => ({
  ...resource,
  deletionPolicy: staysAfterRollback(stack, resource.deletionPolicy) ? 'Retain' : 'Delete',
});

/** Whether a rollback leaves alone what the operation itself has made. */
export const staysAfterRollback = (stack: Stack, deletionPolicy: string): boolean =>
  deletionPolicy === 'Retain' && !stack.retainsExceptOnCreate;

/** Whether a nested stack was updated and has something to go back to. */
const canGoBack = ({ call }: Run, { type, physicalId = '' }: StackResource): boolean =>
  type === nestedType && call.state.stacks.get(physicalId)?.checkpoint !== undefined;

/** Takes a nested stack's update back. */
async function rollBackNested(run: Run, resource: StackResource): Promise<StackResource> {
  const child = childOf(run, resource.physicalId);
  const skip = (run.skip ?? []).flatMap((name) =>
    name.startsWith(`${child.name}.`) ? name.slice(child.name.length + 1) : [],
  );
  await inside(run, child, (own) => rollBackUpdate({ ...own, skip }, undefined));
  if (child.status !== 'UPDATE_ROLLBACK_COMPLETE') throw notUpdated(child);
  return resource;
}
