import { isDeepStrictEqual } from 'node:util';
import { nestedType } from '../built-in/types';
import { FailedWithId } from '../built-in/failed';
import type { Provided } from '../provider';
import { isThere, type StackResource } from '../stack';
import {
  changedProperties,
  type Desired,
  desiredOf,
  nameInTheWay,
  needsReplacement,
  type Step,
} from './desired';
import { isShifting } from './alias-update';
import { setResource } from './events';
import { awaitCreation } from './creation-policy';
import { resumeShift, updateResource } from './in-place';
import { reasonOf } from './reason';
import { contextFor, providerFor, type Run, sent } from './run';
import { denialOf } from './stack-policy';

/** Brings one resource to where the template wants it; false when that failed. */
export async function deployResource(step: Step): Promise<boolean> {
  const { run, logicalId, declaration } = step;
  const current = run.stack.resources.get(logicalId);
  if (current && isShifting(current)) return resumeShift(run, current);
  try {
    const desired = await desiredOf(step);
    if (!isThere(current)) return await createResource(step, desired);
    return await changeResource(step, current, desired);
  } catch (error) {
    const reason = reasonOf(error, declaration.Type, run);
    const draft = current ?? draftOf(run, { logicalId, type: declaration.Type });
    const status = isThere(current) ? 'UPDATE_FAILED' : 'CREATE_FAILED';
    setResource(run, { ...draft, status }, reason);
    return false;
  }
}

async function changeResource(
  step: Step,
  current: StackResource,
  desired: Desired,
): Promise<boolean> {
  const { run } = step;
  if (current.status === 'CREATE_FAILED') {
    run.stack.leftovers.push(current);
    return createResource(step, desired);
  }
  const isSame = isUnchanged(current, desired);
  // What a nested stack's template has come to is seen only by updating it.
  if (isSame && current.type !== nestedType) return keep(run, current, desired);
  const isReplaced = needsReplacement(run, current, desired);
  const action = isReplaced ? 'Update:Replace' : 'Update:Modify';
  const denial = isSame ? undefined : denialOf(run.policy, action, current);
  if (denial !== undefined) throw new Error(denial);
  return isReplaced
    ? replaceResource(step, current, desired)
    : updateResource(run, current, desired);
}

/** A record with which nothing has happened yet. */
const draftOf = (
  run: Run,
  known: Pick<StackResource, 'logicalId' | 'type'> & Partial<Desired>,
): StackResource => {
  const { updateReplacePolicy: _forReplacement, ...desired } = known;
  return {
    status: 'CREATE_IN_PROGRESS',
    updatedAt: run.call.now(),
    properties: {},
    attributes: {},
    dependsOn: [],
    deletionPolicy: 'Delete',
    ...desired,
  };
};

async function createResource(step: Step, desired: Desired): Promise<boolean> {
  const { run } = step;
  let draft = draftOf(run, desired);
  setResource(run, draft);
  const begun = (physicalId: string): void => {
    draft = { ...draft, physicalId };
    setResource(run, draft, 'Resource creation Initiated');
  };
  try {
    const made = await create({ ...run, begun }, draft);
    if (draft.physicalId === undefined) begun(made.physicalId);
    draft = withProvided(draft, made);
    await awaitCreation(step, draft);
    setResource(run, { ...draft, status: 'CREATE_COMPLETE' });
    return true;
  } catch (error) {
    const reason = reasonOf(error, draft.type, run);
    const left = error instanceof FailedWithId ? { physicalId: error.physicalId } : {};
    setResource(run, { ...draft, ...left, status: 'CREATE_FAILED' }, reason);
    return false;
  }
}

function create(run: Run, draft: StackResource): Promise<Provided> {
  // Those that its predecessor got do not count.
  run.stack.signals?.delete(draft.logicalId);
  return providerFor(run, draft.type).create(sent(draft), contextFor(run, draft.logicalId));
}

const withProvided = (
  draft: StackResource,
  { physicalId, attributes = {}, isSecret }: Provided,
): StackResource => ({ ...draft, physicalId, attributes, ...(isSecret ? { isSecret } : {}) });

function isUnchanged(current: StackResource, desired: Desired): boolean {
  if (current.status.endsWith('_FAILED')) return false;
  if (!isDeepStrictEqual(current.stackTags, desired.stackTags)) return false;
  return changedProperties(current.properties, desired.properties).length === 0;
}

/** Policies, metadata and dependencies are the stack's own business and change without an event. */
function keep(run: Run, current: StackResource, desired: Desired): true {
  const { updateReplacePolicy: _forReplacement, ...settled } = desired;
  run.stack.resources.set(current.logicalId, { ...current, ...settled });
  return true;
}

const replacing =
  'Requested update requires the creation of a new physical resource; hence creating one.';

async function replaceResource(
  step: Step,
  current: StackResource,
  desired: Desired,
): Promise<boolean> {
  const { run } = step;
  setResource(run, { ...current, status: 'UPDATE_IN_PROGRESS' }, replacing);
  const name = nameInTheWay(current, desired);
  if (name !== undefined) {
    throw new Error(
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
    );
  }
  const draft = { ...draftOf(run, desired), status: 'UPDATE_IN_PROGRESS' as const };
  const made = withProvided(draft, await create(run, draft));
  run.stack.leftovers.push({ ...current, deletionPolicy: desired.updateReplacePolicy });
  setResource(run, made, 'Resource creation Initiated');
  await awaitCreation(step, made);
  setResource(run, { ...made, status: 'UPDATE_COMPLETE' });
  return true;
}
