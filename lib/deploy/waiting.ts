import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hasCode, readJson } from '../files';
import { labFile } from '../home';
import { isAlive } from '../process';

/** A deployer that has the CDK loaded and waits for work. */
export interface Waiting {
  pid: number;
  port: number;
  /** Who knows it may read the learner's files, and so may have them deployed. */
  token: string;
}

/** One waits for each home folder; it belongs to whoever takes its record away. */
const recordFile = (): string => labFile('deployer.json');

/** Takes the deployer that waits, so that no other command does; undefined when there is none. */
export function takeWaiting(): Waiting | undefined {
  const taken = `${recordFile()}.${process.pid}`;
  try {
    renameSync(recordFile(), taken);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return readWaiting(taken);
  } finally {
    rmSync(taken, { force: true, recursive: true });
  }
}

/** Offers a deployer to the next command; false when another waits already. */
export function offer(waiting: Waiting): boolean {
  const own = `${recordFile()}.${waiting.pid}`;
  mkdirSync(labFile(), { recursive: true });
  writeFileSync(own, JSON.stringify(waiting), { mode: 0o600 });
  try {
    if (!readWaiting(recordFile())) rmSync(recordFile(), { force: true });
    linkSync(own, recordFile());
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes a deployer's own offer back. */
export function withdraw({ pid }: Waiting): void {
  if (readWaiting(recordFile())?.pid === pid) rmSync(recordFile(), { force: true });
}

// --- internal ---

/** What a record says of a process that lives. */
function readWaiting(file: string): Waiting | undefined {
  const waiting = readJson(file, isWaiting);
  return waiting === 'damaged' || !waiting || !isAlive(waiting.pid) ? undefined : waiting;
}

function isWaiting(value: unknown): value is Waiting {
  const { pid, port, token } = Object(value) as Record<string, unknown>;
  return isNumberOf(pid, 2 ** 31) && isNumberOf(port, 65_535) && typeof token === 'string';
}

/** Process 0 would be a whole group of processes, and a negative one another. */
const isNumberOf = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= most;
