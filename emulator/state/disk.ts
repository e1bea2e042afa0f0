import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodeState, encodeState } from './codec';
import { readIfThere, setAside, writeFileAtomically } from './files';
import { migrate, stateFormat } from './migrations';
import { type Store, storeKey } from './store';

/** What belongs to the emulator as a whole, kept in the manifest. */
export interface Totals {
  offsetMs: number;
  drawn: number;
}

interface Manifest extends Totals {
  format: number;
  generation: number;
  /** Store key → file name inside the folder. */
  files: Record<string, string>;
}

const empty: Manifest = { format: stateFormat, generation: 0, files: {}, offsetMs: 0, drawn: 0 };

/**
 * State on disk: one file a store, joined by a manifest that is renamed last, so that all files
 * of one flush count or none does. What is damaged is set aside and reported, never fatal.
 */
export function openDisk(folder: string, report: (message: string) => void) {
  const manifestPath = join(folder, 'manifest.json');
  let manifest = readManifest();

  function readManifest(): Manifest {
    const text = readIfThere(manifestPath);
    if (text === undefined) return empty;
    try {
      return migrate(JSON.parse(text) as Record<string, unknown>) as unknown as Manifest;
    } catch (error) {
      report(
        `state: the manifest is damaged, starting empty; kept at ${setAside(manifestPath)} (${String(error)})`,
      );
      return empty;
    }
  }

  function readStore(key: string): Store | undefined {
    const file = manifest.files[key];
    if (!file) return undefined;
    const path = join(folder, file);
    try {
      const text = readIfThere(path);
      if (text === undefined) throw new Error('the file is gone');
      const content = migrate(decodeState(text) as Record<string, unknown>);
      return { ...(content['store'] as Store), dirty: false };
    } catch (error) {
      const kept = readIfThere(path) === undefined ? 'nowhere' : setAside(path);
      report(`state: ${key} is damaged and starts empty; kept at ${kept} (${String(error)})`);
      return undefined;
    }
  }

  function write(stores: Store[], totals: Totals): void {
    const generation = manifest.generation + 1;
    const files = { ...manifest.files };
    for (const store of stores) {
      const key = storeKey(store.accountId, store.region, store.service);
      files[key] = `${key}.${generation}.json`;
      writeFileAtomically(
        join(folder, files[key]),
        encodeState({ format: stateFormat, store: { ...store, dirty: false } }),
      );
      store.dirty = false;
    }
    const replaced = Object.entries(manifest.files).filter(([key, file]) => files[key] !== file);
    manifest = { format: stateFormat, generation, files, ...totals };
    writeFileAtomically(manifestPath, JSON.stringify(manifest));
    for (const [, file] of replaced) rmSync(join(folder, file), { force: true });
  }

  /** Forgets the stores for which `drop` says so; with none left, the bodies go too. */
  function remove(drop: (key: string) => boolean): void {
    const kept = Object.entries(manifest.files).filter(([key]) => !drop(key));
    const gone = Object.entries(manifest.files).filter(([key]) => drop(key));
    manifest = { ...manifest, files: Object.fromEntries(kept) };
    writeFileAtomically(manifestPath, JSON.stringify(manifest));
    for (const [, file] of gone) rmSync(join(folder, file), { force: true });
    if (kept.length === 0) rmSync(join(folder, 'blobs'), { recursive: true, force: true });
  }

  return {
    keys: () => Object.keys(manifest.files),
    totals: (): Totals => ({ offsetMs: manifest.offsetMs, drawn: manifest.drawn }),
    readStore,
    write,
    remove,
    /** Everything that lies in the folder, for tests and support. */
    list: () => readdirSync(folder),
  };
}

export type Disk = ReturnType<typeof openDisk>;
