import { isGone, type StackResource } from '../stack';
import { orderedLoosely } from '../template/graph';
import { setResource, tell } from './events';
import { isSameResource } from './identity';
import { reasonOf } from './reason';
import { contextFor, providerFor, type Run, sent } from './run';

export interface Removal {
  resources: StackResource[];
  /** Whether a policy keeps the physical resource. */
  isRetained: (resource: StackResource) => boolean;
  /** Leaves behind what cannot be deleted. */
  isForced?: boolean;
}

/**
 * Deletes resources, each before what it depends on. What something undeleted depends on is not
 * tried. Answers whether all are gone.
 */
export async function removeAll(run: Run, removal: Removal): Promise<boolean> {
  const needed = new Set<string>();
  let isDone = true;
  for (const resource of lastFirst(removal.resources)) {
    const isRemoved = !needed.has(resource.logicalId) && (await remove(run, resource, removal));
    if (isRemoved) continue;
    isDone = false;
    for (const name of resource.dependsOn) needed.add(name);
  }
  return isDone;
}

/** By position, because what was replaced twice is there under one logical id. */
function lastFirst(resources: StackResource[]): StackResource[] {
  const positions = new Map<string, string[]>();
  for (const [position, { logicalId }] of resources.entries()) {
    positions.set(logicalId, [...(positions.get(logicalId) ?? []), String(position)]);
  }
  const dependencies = new Map(
    resources.map(({ dependsOn }, position) => {
      const needed = new Set(dependsOn.flatMap((name) => positions.get(name) ?? []));
      needed.delete(String(position));
      return [String(position), needed];
    }),
  );
  return orderedLoosely(dependencies)
    .toReversed()
    .flatMap((position) => resources[Number(position)] ?? []);
}

async function remove(run: Run, resource: StackResource, removal: Removal): Promise<boolean> {
  const publish = publisherOf(run, resource);
  if (isGone(resource)) return true;
  if (resource.physicalId === undefined) {
    publish({ ...resource, status: 'DELETE_COMPLETE' });
    return true;
  }
  if (removal.isRetained(resource)) {
    publish({ ...resource, status: 'DELETE_SKIPPED' });
    return true;
  }
  publish({ ...resource, status: 'DELETE_IN_PROGRESS' });
  try {
    const provider = providerFor(run, resource.type);
    const context = contextFor(run, resource.logicalId);
    await provider.delete(resource.physicalId, sent(resource), context);
    publish({ ...resource, status: 'DELETE_COMPLETE' });
    return true;
  } catch (error) {
    const reason = reasonOf(error, resource.type, run);
    publish({ ...resource, status: removal.isForced ? 'DELETE_SKIPPED' : 'DELETE_FAILED' }, reason);
    return removal.isForced === true;
  }
}

/** A replaced resource's record is no longer the stack's own; only its events are told. */
function publisherOf(run: Run, resource: StackResource) {
  const own = run.stack.resources.get(resource.logicalId);
  const isOwn = own !== undefined && isSameResource(own, resource);
  return (next: StackResource, reason?: string): void =>
    (isOwn ? setResource : tell)(run, next, reason);
}

/** Deletes what an update or its rollback has left over; what cannot be deleted is left behind. */
export async function cleanUp(
  run: Run,
  isWanted: (resource: StackResource) => boolean,
): Promise<boolean> {
  const { stack } = run;
  const isClean = await removeAll(run, {
    resources: stack.leftovers,
    isRetained: ({ deletionPolicy }) => deletionPolicy.startsWith('Retain'),
  });
  stack.leftovers = [];
  for (const [logicalId, resource] of stack.resources) {
    if (!isWanted(resource)) stack.resources.delete(logicalId);
  }
  return isClean;
}
