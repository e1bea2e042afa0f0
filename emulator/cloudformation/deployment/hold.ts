import type { Run } from './run';

/** What an operation waits for outside of itself, so that all of it can be called off. */
export interface Hold {
  /** Keys that it is parked under. */
  keys: Set<string>;
  isOff: boolean;
  /** Those of nested stacks. */
  inner: Set<Hold>;
}

export const createHold = (): Hold => ({ keys: new Set(), isOff: false, inner: new Set() });

/** The deployment has failed or was cancelled while this resource waited. */
export class CalledOff extends Error {}

/** Ends every wait at once: what waits fails with CalledOff. */
export function callOff({ call, hold }: Pick<Run, 'call' | 'hold'>): void {
  hold.isOff = true;
  for (const key of hold.keys) call.wake(key);
  for (const inner of hold.inner) callOff({ call, hold: inner });
}

/** Lets the request be answered and waits for `call.wake(key)` or simulated time. */
export async function waitOutside(
  { call, hold, release }: Run,
  key: string,
  deadline: Date,
): Promise<'woken' | 'timeout'> {
  if (hold.isOff) throw new CalledOff('Resource creation cancelled');
  release();
  hold.keys.add(key);
  try {
    const outcome = await call.park(key, deadline);
    if (hold.isOff) throw new CalledOff('Resource creation cancelled');
    return outcome;
  } finally {
    hold.keys.delete(key);
  }
}
