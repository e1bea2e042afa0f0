import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeUnsynced } from './files';

/**
 * Write-once bodies by content hash. Without a folder they stay in memory; with one they wait
 * there until the next flush, which writes them before the state that points at them.
 */
export function createBlobs(folder: string | undefined) {
  const waiting = new Map<string, Uint8Array>();
  const pathOf = (ref: string) => join(folder ?? '', 'blobs', ref.slice(0, 2), ref);

  return {
    put(body: Uint8Array): string {
      const ref = hashOf(body);
      if (!waiting.has(ref)) waiting.set(ref, Uint8Array.from(body));
      return ref;
    },
    get(ref: string): Uint8Array {
      return waiting.get(ref) ?? whole(ref, new Uint8Array(readFileSync(pathOf(ref))));
    },
    /** Writes what waits. */
    flush(): void {
      if (!folder) return;
      for (const [ref, content] of waiting) {
        // Hundreds a second may come, too many to wait for the disk after each: one that a power
        // failure has cut short is told by its hash.
        if (!existsSync(pathOf(ref))) writeUnsynced({ path: pathOf(ref), content });
        waiting.delete(ref);
      }
    },
    /** Removes the bodies that nothing points at any more; nothing may be under way. */
    sweep(isNamed: (ref: string) => boolean): void {
      if (!folder || !existsSync(join(folder, 'blobs'))) return;
      for (const entry of readdirSync(join(folder, 'blobs'), {
        recursive: true,
        withFileTypes: true,
      }))
        if (entry.isFile() && !isNamed(entry.name)) rmSync(join(entry.parentPath, entry.name));
    },
    clear: (): void => waiting.clear(),
  };
}

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

function whole(ref: string, body: Uint8Array): Uint8Array {
  if (hashOf(body) === ref) return body;
  throw new Error(`state: the body ${ref} is damaged`);
}

export type Blobs = ReturnType<typeof createBlobs>;
