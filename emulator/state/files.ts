import { existsSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Syncs } from './syncs';

/**
 * Writes a file so that whenever the process ends it is either the old one or the new one, never
 * half; with `syncs` also when the machine does. The event loop goes on meanwhile.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  syncs?: Syncs,
): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w').catch(async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(temporary, 'w');
  });
  try {
    await file.writeFile(content);
  } catch (error) {
    await file.close();
    throw error;
  }
  await (syncs ? syncs.settle(file) : file.close());
  await rename(temporary, path);
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
