import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../files';
import { labFile } from '../home';

/** A start takes well under this; an older lock was left by a command that was killed. */
const staleAfter = 20_000;

/** Runs alone among the commands of this home folder, so that two at once start one emulator. */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const lock = labFile('emulator.lock');
  mkdirSync(labFile(), { recursive: true });
  while (!take(lock)) await sleep(50);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > staleAfter) rmSync(lock, { force: true });
    return false;
  }
}
