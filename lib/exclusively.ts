import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LearnerError } from './errors';
import { hasCode } from './files';
import { isAlive } from './process';

/** A file is changed in milliseconds; a lock this old was left by a machine that stopped. */
const staleAfter = 10_000;

/** Changes a file while no other command does: the lock beside it goes with the process that took it. */
export function exclusively<T>(file: string, work: () => T): T {
  const lock = `${file}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + 2 * staleAfter;
  while (!take(lock)) {
    if (Date.now() > deadline) throw new LearnerError('FILE_LOCKED', [file, lock]);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAbandoned(lock: string): boolean {
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (since === undefined) return false;
  if (Date.now() - since > staleAfter) return true;
  const owner = ownerOf(lock);
  return owner !== undefined && !isAlive(owner);
}

/** Nothing while the lock is being written. */
function ownerOf(lock: string): number | undefined {
  try {
    const text = readFileSync(lock, 'utf8');
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
