import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetClock } from './target';

/** The clock of a target that no one can fast-forward. */
export const wallClock: TargetClock = {
  now: () => new Date(),
  async wait(milliseconds) {
    await sleep(milliseconds);
    return true;
  },
  async pass(milliseconds) {
    await sleep(milliseconds);
  },
};
