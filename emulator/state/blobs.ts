import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from './files';

/**
 * Write-once bodies by content hash. Without a folder they stay in memory; with one they wait
 * there until the next flush, which writes them before the state that points at them.
 */
export function createBlobs(folder: string | undefined) {
  const waiting = new Map<string, Uint8Array>();
  const pathOf = (ref: string) => join(folder ?? '', 'blobs', ref.slice(0, 2), ref);

  return {
    put(body: Uint8Array): string {
      const ref = createHash('sha256').update(body).digest('hex');
      if (!waiting.has(ref)) waiting.set(ref, Uint8Array.from(body));
      return ref;
    },
    get(ref: string): Uint8Array {
      return waiting.get(ref) ?? new Uint8Array(readFileSync(pathOf(ref)));
    },
    flush(): void {
      if (!folder) return;
      for (const [ref, body] of waiting) {
        if (!existsSync(pathOf(ref))) writeFileAtomically(pathOf(ref), body);
        waiting.delete(ref);
      }
    },
    clear: (): void => waiting.clear(),
  };
}

export type Blobs = ReturnType<typeof createBlobs>;
