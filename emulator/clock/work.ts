import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One thing in flight. It is quiet while everything it waits for is parked (a long poll, a sleep),
 * so a request that waits for a parked request does not keep the clock from moving.
 */
interface Work {
  parent: Work | undefined;
  open: number;
  quiet: number;
  /** Its task has ended; what the task started may not have. */
  ended: boolean;
}

/**
 * Carries which work is running from one await to the next; it holds nothing of an emulator.
 * One for all: Node calls into every enabled storage at each promise that is made.
 */
const current = new AsyncLocalStorage<Work | undefined>();

/** What a task started may outlive it: a process that was not waited for has a long poll open. */
const isOpen = (work: Work) => !work.ended || work.open > 0;

const isQuiet = (work: Work) => work.open > 0 && work.quiet === work.open;

/** Counts what is in flight, over the whole tree of requests that call each other. */
export class Workload {
  private readonly idleWaiters = new Set<() => void>();
  private readonly children = new Map<string, Work | undefined>();
  private active = 0;

  /**
   * Runs a request or task as part of whatever is running now, or of the process outside that the
   * key stands for.
   */
  nested<T>(task: () => Promise<T>, key?: string): Promise<T> {
    const outside = key === undefined ? undefined : this.children.get(key);
    return this.run(outside ?? current.getStore(), task);
  }

  /** Runs a task during which requests with this key (an access key) count as part of it. */
  async answering<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.children.get(key);
    this.children.set(key, current.getStore());
    try {
      return await task();
    } finally {
      if (before) this.children.set(key, before);
      else this.children.delete(key);
    }
  }

  /** Whether what runs now was asked for by a process outside that somebody waits for. */
  isForChild(): boolean {
    const waiting = new Set(this.children.values());
    for (let work = current.getStore()?.parent; work; work = work.parent)
      if (waiting.has(work)) return true;
    return false;
  }

  /** Runs a task that nobody waits for, as a root of its own. */
  root<T>(task: () => Promise<T>): Promise<T> {
    return this.run(undefined, task);
  }

  /** Waits for a promise without counting as busy meanwhile. */
  async parked<T>(wait: Promise<T>): Promise<T> {
    const work = current.getStore();
    this.change(work, { open: 1 });
    this.change(work, { quiet: 1 });
    try {
      return await wait;
    } finally {
      this.change(work, { quiet: -1 });
      this.change(work, { open: -1 });
    }
  }

  /** Until nothing is in flight, and nothing that just ended started something new. */
  async idle(): Promise<void> {
    do {
      if (this.active > 0) await new Promise<void>((resolve) => this.idleWaiters.add(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.active > 0);
  }

  /** Takes the storage out of Node's list, which would otherwise keep it; the next run puts it back. */
  close(): void {
    current.disable();
  }

  private async run<T>(parent: Work | undefined, task: () => Promise<T>): Promise<T> {
    const work: Work = { parent, open: 0, quiet: 0, ended: false };
    this.change(parent, { open: 1 });
    try {
      return await current.run(work, task);
    } finally {
      this.change(work, { ended: true });
    }
  }

  private change(work: Work | undefined, { open = 0, quiet = 0, ended = false }): void {
    if (!work) {
      this.changeAll(open - quiet);
      return;
    }
    const before = { open: isOpen(work), quiet: isQuiet(work) };
    work.open += open;
    work.quiet += quiet;
    work.ended ||= ended;
    const opened = Number(isOpen(work)) - Number(before.open);
    const quieted = Number(isQuiet(work)) - Number(before.quiet);
    if (opened !== 0 || quieted !== 0) this.change(work.parent, { open: opened, quiet: quieted });
  }

  private changeAll(by: number): void {
    this.active += by;
    if (this.active > 0) return;
    for (const wake of this.idleWaiters) wake();
    this.idleWaiters.clear();
  }
}
