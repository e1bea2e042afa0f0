import { validationError } from '../errors';

/** What each node waits for. */
export type Dependencies = Map<string, Set<string>>;

/**
 * An order in which everything comes after what it depends on, and as given otherwise, so that the
 * same template is always deployed in the same order.
 */
export function ordered(dependencies: Dependencies): string[] {
  const { done, stuck } = sort(dependencies);
  if (stuck.length > 0) throw circular(dependencies, stuck);
  return done;
}

/** The same for what two templates have left over, which may well be circular: as given, then. */
export function orderedLoosely(dependencies: Dependencies): string[] {
  const { done, stuck } = sort(dependencies);
  return [...done, ...stuck];
}

function sort(dependencies: Dependencies): { done: string[]; stuck: string[] } {
  const done = new Set<string>();
  let stuck = [...dependencies.keys()];
  for (;;) {
    const later = stuck.filter((name) => !take(name, dependencies, done));
    if (later.length === stuck.length) return { done: [...done], stuck };
    stuck = later;
  }
}

function take(name: string, dependencies: Dependencies, done: Set<string>): boolean {
  const isReady = [...(dependencies.get(name) ?? [])].every((each) => done.has(each));
  if (isReady) done.add(name);
  return isReady;
}

/** Names only what is on a circle, not what merely waits for it. */
function circular(dependencies: Dependencies, stuck: string[]): Error {
  let left = stuck;
  for (;;) {
    const needed = new Set(left.flatMap((name) => [...(dependencies.get(name) ?? [])]));
    const fewer = left.filter((name) => needed.has(name));
    if (fewer.length === left.length) break;
    left = fewer;
  }
  return validationError(`Circular dependency between resources: [${left.join(', ')}]`);
}
