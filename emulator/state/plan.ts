import { join } from 'node:path';
import type { Content } from './files';
import type { Log } from './log';
import { type Manifest, type Totals, without } from './manifest';
import { linesOf, type Segment, textsOf, toJoin, withinCap } from './segments';
import { keyOf, type Store, storeFileText } from './store';

/** One flush: what is to be written, and how it goes into the manifest. */
export interface Plan {
  writes: Content[];
  /** Files that it writes. */
  names: string[];
  apply(manifest: Manifest): Manifest;
  forget(drop: (key: string) => boolean): void;
  succeed(): void;
  fail(): void;
}

interface Flush {
  stores: Store[];
  totals: Totals;
  folder: string;
}

/** Encodes everything that has changed, at one moment; nothing is written yet. */
export function planFlush(manifest: Manifest, { stores, totals, folder }: Flush): Plan {
  const generation = manifest.generation + 1;
  const changed = stores.filter((store) => store.dirty);
  const logs = stores.flatMap((store) => dirtyLogs(store));
  let added: Manifest = { ...manifest, files: {}, logs: {} };
  const writes: Plan['writes'] = [];
  const names: string[] = [];

  for (const store of changed) {
    const file = `${keyOf(store)}.${generation}.json`;
    const text = storeFileText(store);
    added.files[keyOf(store)] = file;
    names.push(file);
    writes.push({ path: join(folder, file), content: text });
    store.dirty = false;
  }
  for (const { key, name, log } of logs) {
    const file = `${key}.${name}.${generation}.log`;
    const before = manifest.logs[key]?.[name] ?? [];
    const { segments, content } = planLog({ folder, file, before, log });
    (added.logs[key] ??= {})[name] = segments;
    names.push(file);
    writes.push({ path: join(folder, file), content });
  }

  return {
    writes,
    names,
    apply: (current) => merge(current, added, { generation, totals }),
    forget: (drop) => void (added = without(added, drop)),
    succeed: () => logs.forEach(({ log }) => log.written()),
    fail() {
      for (const store of changed) store.dirty = true;
      for (const { log } of logs) log.failed();
    },
  };
}

const dirtyLogs = (store: Store) =>
  [...store.logs]
    .filter(([, log]) => log.isDirty)
    .map(([name, log]) => ({ key: keyOf(store), name, log }));

interface LogFlush {
  folder: string;
  file: string;
  before: Segment[];
  log: Log;
}

/** What is new goes into a file of its own, together with the small files before it. */
function planLog({ folder, file, before, log }: LogFlush) {
  const entries = log.take();
  const joined = toJoin(before, entries.length);
  const count = joined.reduce((sum, segment) => sum + segment.count, entries.length);
  const untouched = before.slice(0, before.length - joined.length);
  const lines = linesOf(entries);
  return {
    segments: withinCap([...untouched, { file, count }], log.cap),
    content: textsOf(folder, joined) + lines,
  };
}

/** A store that was forgotten while the flush was under way stays forgotten. */
function merge(
  current: Manifest,
  added: Manifest,
  { generation, totals }: { generation: number; totals: Totals },
): Manifest {
  const logs = { ...current.logs };
  for (const [key, of] of Object.entries(added.logs)) logs[key] = { ...logs[key], ...of };
  return { ...current, generation, files: { ...current.files, ...added.files }, logs, ...totals };
}
