import { existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Syncs } from './syncs';

/** A file and all that is to be in it. */
export interface Content {
  path: string;
  content: string | Uint8Array;
}

/**
 * Writes files so that whenever the process ends each is either the old one or the new one, never
 * half. The writing itself goes into the system's memory and takes less time than handing it to
 * another thread; only the disk is waited for.
 */
export async function writeAtomically(files: Content[], syncs: Syncs): Promise<void> {
  await syncs.settle(files.map(writeBeside));
  for (const { path } of files) renameSync(`${path}.tmp`, path);
}

/** The same for one that nobody waits for: a power failure may still cut it short. */
export function writeUnsynced({ path, content }: Content): void {
  inItsFolder(path, () => writeFileSync(`${path}.tmp`, content));
  renameSync(`${path}.tmp`, path);
}

/** Answers the open file. */
function writeBeside({ path, content }: Content): number {
  const file = inItsFolder(path, () => openSync(`${path}.tmp`, 'w'));
  writeFileSync(file, content);
  return file;
}

function inItsFolder<T>(path: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return task();
  }
}

/** A file's text; undefined when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps a damaged file beside its place, for whoever wants to look, and answers where. */
export function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let number = 2; existsSync(aside); number += 1) aside = `${path}.damaged-${number}`;
  renameSync(path, aside);
  return aside;
}
