import { createAlarms } from './alarms';
import type { Workload } from './work';

/** Wall time can be waited for no longer than this at once (setTimeout's own limit is 2^31 ms). */
const longestWait = 24 * 3600 * 1000;

export interface Clock {
  now(): Date;
  /** How far simulated time is ahead of the wall's. */
  offsetMs(): number;
  /** Rings at a simulated moment; the same id again replaces it. */
  set(id: string, at: Date, ring: () => void): void;
  cancel(id: string): void;
  /** Moves time forward, firing what becomes due one by one and waiting for all it sets off. */
  advance(milliseconds: number): Promise<void>;
  /** Moves to the next alarm if one is due within the window: whether it did. */
  jump(withinMs: number): Promise<boolean>;
  nextDue(): Date | undefined;
  stop(): void;
  /** Forgets every alarm (a reset). */
  clear(): void;
}

/**
 * Simulated time: at wall speed, or frozen in tests, and fast-forwarded in both.
 * `advance` follows one rule: wait until nothing is in flight, take the earliest alarm, set the
 * time, ring it, and so on; time stands still while it waits.
 */
export function createClock(
  workload: Workload,
  start: { frozenAt?: Date | undefined; offsetMs?: number | undefined },
): Clock {
  const alarms = createAlarms();
  let offset = start.offsetMs ?? 0;
  let frozen = start.frozenAt?.getTime();
  let held: number | undefined;
  let wall: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const now = () => held ?? frozen ?? Date.now() + offset;

  function arm(): void {
    clearTimeout(wall);
    const next = alarms.nextAt();
    if (stopped || frozen !== undefined || next === undefined) return;
    const wait = Math.min(Math.max(next - now(), 0), longestWait);
    wall = setTimeout(() => void inTurn(ringDue), wait).unref();
  }

  async function ringDue(): Promise<void> {
    while ((alarms.nextAt() ?? Infinity) <= now()) alarms.take()?.ring();
  }

  /** One advance at a time; alarms of the wall clock wait for it. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = turn.then(task);
    turn = result.catch(() => undefined).then(arm);
    return result;
  }

  async function moveTo(target: number): Promise<void> {
    held = now();
    await workload.idle();
    for (let next = alarms.nextAt(); next !== undefined && next <= target; next = alarms.nextAt()) {
      held = Math.max(held, next);
      alarms.take()?.ring();
      await workload.idle();
    }
    if (frozen === undefined) offset = target - Date.now();
    else frozen = target;
    held = undefined;
  }

  return {
    now: () => new Date(now()),
    offsetMs: () => (frozen === undefined ? Math.round(offset) : 0),
    set(id, at, ring) {
      alarms.set(id, { at: at.getTime(), ring });
      arm();
    },
    cancel: (id) => alarms.cancel(id),
    advance: (milliseconds) => inTurn(() => moveTo(now() + milliseconds)),
    jump: (withinMs) =>
      inTurn(async () => {
        await workload.idle();
        const next = alarms.nextAt();
        if (next === undefined || next > now() + withinMs) return false;
        await moveTo(Math.max(next, now()));
        return true;
      }),
    nextDue() {
      const next = alarms.nextAt();
      return next === undefined ? undefined : new Date(next);
    },
    stop() {
      stopped = true;
      clearTimeout(wall);
    },
    clear() {
      alarms.clear();
      arm();
    },
  };
}
