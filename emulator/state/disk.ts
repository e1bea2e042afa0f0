import { rmSync } from 'node:fs';
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
export class Disk {
  private readonly folder: string;
  private readonly report: (message: string) => void;
  private manifest: Manifest;

  constructor(folder: string, report: (message: string) => void) {
    this.folder = folder;
    this.report = report;
    this.manifest = this.readManifest();
  }

  keys(): string[] {
    return Object.keys(this.manifest.files);
  }

  totals(): Totals {
    return { offsetMs: this.manifest.offsetMs, drawn: this.manifest.drawn };
  }

  readStore(key: string): Store | undefined {
    const file = this.manifest.files[key];
    if (!file) return undefined;
    const path = join(this.folder, file);
    const text = readIfThere(path);
    try {
      if (text === undefined) throw new Error('the file is gone');
      const content = migrate(decodeState(text) as Record<string, unknown>);
      return { ...(content['store'] as Store), dirty: false };
    } catch (error) {
      const kept = text === undefined ? '' : `; kept at ${setAside(path)}`;
      this.report(`state: ${key} is damaged and starts empty${kept} (${String(error)})`);
      return undefined;
    }
  }

  write(stores: Store[], totals: Totals): void {
    const before = this.manifest.files;
    const generation = this.manifest.generation + 1;
    const files = { ...before };
    for (const store of stores) {
      const key = storeKey(store.accountId, store.region, store.service);
      const file = `${key}.${generation}.json`;
      const content = encodeState({ format: stateFormat, store: { ...store, dirty: false } });
      writeFileAtomically(join(this.folder, file), content);
      files[key] = file;
      store.dirty = false;
    }
    this.commit({ format: stateFormat, generation, files, ...totals });
    this.forget(
      Object.keys(before).filter((key) => files[key] !== before[key]),
      before,
    );
  }

  /** Forgets the stores for which `drop` says so; with none left, the bodies go too. */
  remove(drop: (key: string) => boolean): void {
    const before = this.manifest.files;
    const kept = Object.entries(before).filter(([key]) => !drop(key));
    this.commit({ ...this.manifest, files: Object.fromEntries(kept) });
    this.forget(Object.keys(before).filter(drop), before);
    if (kept.length === 0) rmSync(join(this.folder, 'blobs'), { recursive: true, force: true });
  }

  private commit(manifest: Manifest): void {
    writeFileAtomically(join(this.folder, 'manifest.json'), JSON.stringify(manifest));
    this.manifest = manifest;
  }

  private forget(keys: string[], files: Record<string, string>): void {
    for (const key of keys) rmSync(join(this.folder, files[key] ?? ''), { force: true });
  }

  private readManifest(): Manifest {
    const path = join(this.folder, 'manifest.json');
    const text = readIfThere(path);
    if (text === undefined) return empty;
    try {
      const manifest = migrate(JSON.parse(text) as Record<string, unknown>);
      if (typeof manifest['files'] !== 'object') throw new Error('it names no files');
      return manifest as unknown as Manifest;
    } catch (error) {
      const kept = setAside(path);
      this.report(
        `state: the manifest is damaged, starting empty; kept at ${kept} (${String(error)})`,
      );
      return empty;
    }
  }
}
