import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { inside } from '../built-in/child';
import { nestedType } from '../built-in/types';
import type { Stack, StackResource } from '../stack';
import { setStatus } from './events';
import { isSameResource } from './identity';
import { cleanUp } from './remove';
import type { Run } from './run';

const apart = 'Update successful. One or more resources could not be deleted.';

/** Deletes what an update has left over, here and in nested stacks, and ends it. */
export async function finishCleanUp(run: Run, end: StackStatus): Promise<void> {
  const { stack } = run;
  for (const child of childrenOf(run)) {
    if (child.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') {
      await inside(run, child, (own) => finishCleanUp(own, 'UPDATE_COMPLETE'));
    }
  }
  const going = stack.leftovers;
  const isStaying = (resource: StackResource) =>
    !going.some((other) => isSameResource(other, resource));
  const isClean = await cleanUp(run, isStaying);
  delete stack.checkpoint;
  setStatus(run, end, isClean || end !== 'UPDATE_COMPLETE' ? undefined : apart);
}

function childrenOf({ call, stack }: Run): Stack[] {
  const nested = [...stack.resources.values()].filter(({ type }) => type === nestedType);
  return nested.flatMap(({ physicalId = '' }) => call.state.stacks.get(physicalId) ?? []);
}
