import { isAlive } from '../../lib/process';

/** Resolves once none of the processes is left; the test's own limit of time ends it otherwise. */
export async function untilEnded(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
}
