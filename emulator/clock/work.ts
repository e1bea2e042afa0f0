import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One thing in flight. It is quiet while everything it waits for is parked (a long poll, a sleep),
 * so a request that waits for a parked request does not keep the clock from moving.
 */
interface Work {
  parent: Work | undefined;
  open: number;
  quiet: number;
}

/** Counts what is in flight, over the whole tree of requests that call each other. */
export function createWorkload() {
  const current = new AsyncLocalStorage<Work | undefined>();
  const idleWaiters = new Set<() => void>();
  let active = 0;

  const isQuiet = (work: Work) => work.open > 0 && work.quiet === work.open;

  function changeQuiet(work: Work | undefined, by: 1 | -1): void {
    if (!work) {
      active -= by;
      if (active === 0) wakeIdle();
      return;
    }
    const before = isQuiet(work);
    work.quiet += by;
    propagate(work, before);
  }

  function changeOpen(work: Work | undefined, by: 1 | -1): void {
    if (!work) {
      active += by;
      if (active === 0) wakeIdle();
      return;
    }
    const before = isQuiet(work);
    work.open += by;
    propagate(work, before);
  }

  function propagate(work: Work, before: boolean): void {
    const after = isQuiet(work);
    if (before !== after) changeQuiet(work.parent, after ? 1 : -1);
  }

  function wakeIdle(): void {
    for (const wake of idleWaiters) wake();
    idleWaiters.clear();
  }

  async function run<T>(parent: Work | undefined, task: () => Promise<T>): Promise<T> {
    const work: Work = { parent, open: 0, quiet: 0 };
    changeOpen(parent, 1);
    try {
      return await current.run(work, task);
    } finally {
      changeOpen(parent, -1);
    }
  }

  return {
    /** Runs a request or task as part of whatever is running now. */
    nested: <T>(task: () => Promise<T>) => run(current.getStore(), task),
    /** Runs a task that nobody waits for, as a root of its own. */
    root: <T>(task: () => Promise<T>) => run(undefined, task),
    /** Waits for a promise without counting as busy meanwhile. */
    async parked<T>(wait: Promise<T>): Promise<T> {
      const work = current.getStore();
      changeOpen(work, 1);
      changeQuiet(work, 1);
      try {
        return await wait;
      } finally {
        changeQuiet(work, -1);
        changeOpen(work, -1);
      }
    },
    /** Until nothing is in flight, and nothing that just ended started something new. */
    async idle(): Promise<void> {
      do {
        if (active > 0) await new Promise<void>((resolve) => idleWaiters.add(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      } while (active > 0);
    },
  };
}

export type Workload = ReturnType<typeof createWorkload>;
