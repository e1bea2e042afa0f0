import { join } from 'node:path';
import { readIfThere, setAside } from './files';
import { migrate, NewerFormat, stateFormat } from './migrations';
import type { Segment } from './segments';

/** What belongs to the emulator as a whole. */
export interface Totals {
  offsetMs: number;
  drawn: number;
}

/** Names every file that counts; whatever else lies in the folder was left by a crash. */
export interface Manifest extends Totals {
  format: number;
  generation: number;
  /** Store key → file name inside the folder. */
  files: Record<string, string>;
  /** Store key → name of one of its logs → its files, oldest first. */
  logs: Record<string, Record<string, Segment[]>>;
}

export const manifestFile = 'manifest.json';

export const emptyManifest: Manifest = {
  format: stateFormat,
  generation: 0,
  files: {},
  logs: {},
  offsetMs: 0,
  drawn: 0,
};

/**
 * The manifest of a folder, empty for a fresh one. A damaged one is set aside and reported; one of
 * a newer version is left where it is and nothing starts, because starting empty would hide it.
 */
export function readManifest(folder: string, report: (message: string) => void): Manifest {
  const path = join(folder, manifestFile);
  const text = readIfThere(path);
  if (text === undefined) return emptyManifest;
  try {
    const manifest = migrate(JSON.parse(text) as Record<string, unknown>);
    if (typeof manifest['files'] !== 'object') throw new Error('it names no files');
    return manifest as unknown as Manifest;
  } catch (error) {
    if (error instanceof NewerFormat) throw new NewerFormat(error.format, folder);
    const kept = setAside(path);
    report(`state: the manifest is damaged, starting empty; kept at ${kept} (${String(error)})`);
    return emptyManifest;
  }
}

/** Leaves out the stores for which `drop` says so. */
export const without = (manifest: Manifest, drop: (key: string) => boolean): Manifest => ({
  ...manifest,
  files: kept(manifest.files, drop),
  logs: kept(manifest.logs, drop),
});

const kept = <T>(table: Record<string, T>, drop: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([key]) => !drop(key)));

/** Every file that the manifest names. */
export const filesOf = ({ files, logs }: Manifest): string[] => [
  ...Object.values(files),
  ...Object.values(logs).flatMap((of) => Object.values(of).flatMap(namesOf)),
];

const namesOf = (segments: Segment[]): string[] => segments.map(({ file }) => file);
