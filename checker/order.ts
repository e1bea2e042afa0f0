import type { Graded } from './check';

/**
 * Runs each check after its needs, at most `width` at a time. A need that no check has, and needs
 * that go round in a circle, are the lab author's mistakes and throw.
 */
export async function inOrder<R>(
  checks: Record<string, Graded>,
  width: number,
  run: (id: string, needs: R[]) => Promise<R>,
): Promise<R[]> {
  refuseCircles(checks);
  const gate = limit(width);
  const started = new Map<string, Promise<R>>();
  const start = (id: string): Promise<R> => {
    const known = started.get(id);
    if (known) return known;
    const needs = needsOf(checks, id).map(start);
    const done = Promise.all(needs).then((results) => gate(() => run(id, results)));
    started.set(id, done);
    return done;
  };
  return Promise.all(Object.keys(checks).map(start));
}

/** Ids with every need before what needs it, else as they were given. */
export function byNeeds(checks: Record<string, Graded>): string[] {
  const depth = (id: string): number =>
    1 + Math.max(0, ...needsOf(checks, id).map((need) => depth(need)));
  return Object.keys(checks).toSorted((one, other) => depth(one) - depth(other));
}

/** Lets at most `width` pieces of work run at the same time; the others wait in line. */
export function limit(width: number) {
  let free = width;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

// --- internal ---

// A need outside of this set (a drill's need of a check) has its result already.
const needsOf = (checks: Record<string, Graded>, id: string) =>
  (checks[id]?.needs ?? []).filter((need) => checks[need]);

function refuseCircles(checks: Record<string, Graded>): void {
  const visit = (id: string, path: string[]) => {
    if (path.includes(id)) throw new Error(`checks need each other: ${[...path, id].join(' → ')}`);
    for (const need of needsOf(checks, id)) visit(need, [...path, id]);
  };
  for (const id of Object.keys(checks)) visit(id, []);
}
