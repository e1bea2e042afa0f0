import { Alarms } from './alarms';
import type { Workload } from './work';

/** Wall time can be waited for no longer than this at once (setTimeout's own limit is 2^31 ms). */
const longestWait = 24 * 3600 * 1000;

/**
 * Simulated time: at wall speed, or frozen in tests, and fast-forwarded in both.
 * Moving follows one rule: wait until nothing is in flight, take the earliest alarm, set the
 * time, ring it, and so on; time stands still while it waits.
 */
export class Clock {
  private readonly workload: Workload;
  private readonly alarms = new Alarms();
  private offset: number;
  /** Where a frozen clock stood before anything advanced it. */
  private readonly base: number | undefined;
  private frozen: number | undefined;
  private held: number | undefined;
  private wall: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private stopped = false;
  private readonly watchers = new Set<() => Promise<void>>();

  constructor(
    workload: Workload,
    start: { frozenAt?: Date | undefined; offsetMs?: number | undefined },
  ) {
    this.workload = workload;
    this.offset = start.offsetMs ?? 0;
    this.base = start.frozenAt?.getTime();
    this.frozen = this.base === undefined ? undefined : this.base + this.offset;
  }

  readonly now = (): Date => new Date(this.time());

  /** How far simulated time is ahead of the wall's, or of where a frozen clock began. */
  offsetMs(): number {
    return Math.round(this.frozen === undefined ? this.offset : this.frozen - (this.base ?? 0));
  }

  /** Rings at a simulated moment; the same id again replaces it. */
  set(id: string, at: Date, ring: () => void): void {
    this.alarms.set(id, { at: at.getTime(), ring });
    this.arm();
  }

  cancel(id: string): void {
    this.alarms.cancel(id);
  }

  /** Moves time forward, ringing what becomes due one by one and waiting for all it sets off. */
  advance(milliseconds: number): Promise<void> {
    return this.inTurn(() => this.moveTo(this.time() + milliseconds));
  }

  /** Moves to the next alarm if one is due within the window: whether it did. */
  jump(withinMs: number): Promise<boolean> {
    return this.inTurn(async () => {
      await this.workload.idle();
      const next = this.alarms.nextAt();
      if (next === undefined || next > this.time() + withinMs) return false;
      await this.moveTo(Math.max(next, this.time()));
      return true;
    });
  }

  nextDue(): Date | undefined {
    const next = this.alarms.nextAt();
    return next === undefined ? undefined : new Date(next);
  }

  /** Calls back when time was moved, and waits before anything becomes due; the answer ends it. */
  watch(moved: () => Promise<void>): () => void {
    this.watchers.add(moved);
    return () => void this.watchers.delete(moved);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.wall);
  }

  /** Forgets every alarm (a reset). */
  clear(): void {
    this.alarms.clear();
    this.arm();
  }

  private time(): number {
    return this.held ?? this.frozen ?? Date.now() + this.offset;
  }

  private arm(): void {
    clearTimeout(this.wall);
    const next = this.alarms.nextAt();
    if (this.stopped || this.frozen !== undefined || next === undefined) return;
    const wait = Math.min(Math.max(next - this.time(), 0), longestWait);
    this.wall = setTimeout(() => void this.inTurn(async () => this.ringDue()), wait).unref();
  }

  private ringDue(): void {
    while ((this.alarms.nextAt() ?? Infinity) <= this.time()) this.alarms.take()?.ring();
  }

  /** One move at a time; what rings by the wall clock waits for it. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => undefined).then(() => this.arm());
    return result;
  }

  private async moveTo(target: number): Promise<void> {
    this.held = this.time();
    await this.workload.idle();
    for (
      let next = this.alarms.nextAt();
      next !== undefined && next <= target;
      next = this.alarms.nextAt()
    ) {
      this.held = Math.max(this.held, next);
      await this.tellWatchers();
      this.alarms.take()?.ring();
      await this.workload.idle();
    }
    if (this.frozen === undefined) this.offset = target - Date.now();
    else this.frozen = target;
    this.held = undefined;
    await this.tellWatchers();
  }

  private async tellWatchers(): Promise<void> {
    if (this.watchers.size > 0) await Promise.all([...this.watchers].map((moved) => moved()));
  }
}
