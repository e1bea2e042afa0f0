import { isBuiltIn } from '../built-in/types';
import type { StackResource } from '../stack';
import { shiftAlias } from './alias-update';
import type { Desired } from './desired';
import { setResource } from './events';
import { withoutKeptSizes } from './group-sizes';
import { CalledOff } from './hold';
import { reasonOf } from './reason';
import { contextFor, providerFor, type Run, sent } from './run';

/** Changes what is there; false when that failed. */
export async function updateResource(
  run: Run,
  current: StackResource,
  desired: Desired,
): Promise<boolean> {
  const { updateReplacePolicy, ...settled } = desired;
  const { resolved: _before, deploymentId: _over, ...kept } = current;
  const draft: StackResource = { ...kept, ...settled, status: 'UPDATE_IN_PROGRESS' };
  setResource(run, draft);
  return changeTo(run, { current, draft, updateReplacePolicy });
}

/** Waits for CodeDeploy to end the change of an alias that an earlier process has begun. */
export async function resumeShift(run: Run, draft: StackResource): Promise<boolean> {
  const current = run.stack.checkpoint?.resources.get(draft.logicalId) ?? draft;
  return changeTo(run, { current, draft, updateReplacePolicy: 'Delete' });
}

interface Change {
  current: StackResource;
  draft: StackResource;
  updateReplacePolicy: string;
}

async function changeTo(
  run: Run,
  { current, draft, updateReplacePolicy }: Change,
): Promise<boolean> {
  try {
    const updated = await changeInPlace(run, current, draft);
    if (updated.physicalId !== current.physicalId) {
      // The provider of a custom resource decides by itself that it is a new one.
      const made = 'Requested update required the provider to create a new physical resource';
      run.stack.leftovers.push({ ...current, deletionPolicy: updateReplacePolicy });
      setResource(run, updated, made);
    }
    setResource(run, { ...updated, status: 'UPDATE_COMPLETE' });
    return true;
  } catch (error) {
    const reason =
      error instanceof CalledOff ? 'Resource update cancelled' : reasonOf(error, draft.type, run);
    setResource(run, { ...draft, status: 'UPDATE_FAILED' }, reason);
    return false;
  }
}

/** Asks the provider for the change; attributes that it does not name stay. */
export async function changeInPlace(
  run: Run,
  before: StackResource,
  after: StackResource,
): Promise<StackResource> {
  await shiftAlias(run, before, after);
  const previous = sent(before);
  const provided = await providerFor(run, after.type).update?.(
    after.physicalId ?? '',
    { properties: withoutKeptSizes(after, sent(after), previous), previous },
    contextFor(run, after.logicalId),
  );
  const { physicalId = after.physicalId ?? '', attributes, isSecret } = provided ?? {};
  // Of custom resources and nested stacks only the last answer counts.
  const kept = isBuiltIn(after.type) ? {} : after.attributes;
  return {
    ...after,
    physicalId,
    attributes: { ...kept, ...attributes },
    ...(isSecret ? { isSecret } : {}),
  };
}
