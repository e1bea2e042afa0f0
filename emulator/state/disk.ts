import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from './blobs';
import { readIfThere, setAside, writeAtomically } from './files';
import { Log, type LogEntry } from './log';
import {
  emptyManifest,
  filesOf,
  type Manifest,
  manifestFile,
  readManifest,
  type Totals,
  without,
} from './manifest';
import { planFlush, type Plan } from './plan';
import { readSegments } from './segments';
import { readStoreFile, type Store } from './store';
import { Syncs } from './syncs';

/** What one flush writes, as it is at the moment when its turn comes. */
export interface Changes {
  stores: Store[];
  totals: Totals;
  blobs: Blobs;
}

/**
 * State on disk: one file a store and write-once files of logs, joined by a manifest that is
 * renamed last, so that all files of one flush count or none does. Only the encoding holds the
 * event loop up; the disk is waited for. What is damaged is set aside and reported, never fatal.
 */
export class Disk {
  private readonly folder: string;
  private readonly report: (message: string) => void;
  private manifest: Manifest;
  private readonly syncs = new Syncs();
  private underWay: Plan | undefined;
  /** One flush or removal at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, report: (message: string) => void) {
    this.folder = folder;
    this.report = report;
    this.manifest = readManifest(folder, report);
    mkdirSync(folder, { recursive: true });
    if (this.manifest !== emptyManifest) this.sweep();
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
      return readStoreFile(text, (name) => () => this.readLog(key, name));
    } catch (error) {
      const kept = text === undefined ? '' : `; kept at ${setAside(path)}`;
      this.report(`state: ${key} is damaged and starts empty${kept} (${String(error)})`);
      return undefined;
    }
  }

  /** A log of a store: what was written before is read when somebody asks for it. */
  openLog(key: string, name: string, cap?: number): Log {
    return new Log({ read: () => this.readLog(key, name), cap });
  }

  /**
   * Writes what has changed by the time that its turn comes. Answers for how many milliseconds
   * nothing else could go on.
   */
  write(collect: () => Changes): Promise<number> {
    return this.inTurn(async () => {
      this.syncs.begin();
      const { stores, totals, blobs } = collect();
      if (stores.length === 0 && this.manifest.offsetMs === totals.offsetMs) return 0;
      const began = performance.now();
      const plan = planFlush(this.manifest, { stores, totals, folder: this.folder });
      this.underWay = plan;
      try {
        blobs.flush();
        const written = this.carryOut(plan);
        const held = performance.now() - began;
        await written;
        return held;
      } catch (error) {
        plan.fail();
        throw error;
      } finally {
        this.underWay = undefined;
      }
    });
  }

  /** Names of all bodies that the files point at; nothing when a damaged one may point at more. */
  bodies(): Set<string> | undefined {
    if (!existsSync(this.folder)) return undefined;
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    if (names.some((name) => /\.damaged(-\d+)?$/.test(name))) return undefined;
    // One file after another: a long history need not be in memory as a whole.
    const named = filesOf(this.manifest).flatMap((file) => {
      const text = readIfThere(join(this.folder, file));
      return text?.match(/\b[\da-f]{64}\b/g) ?? [];
    });
    return new Set(named);
  }

  /** Forgets the stores for which `drop` says so, at once; the files follow. */
  remove(drop: (key: string) => boolean): Promise<void> {
    const before = [...filesOf(this.manifest), ...(this.underWay?.names ?? [])];
    this.manifest = without(this.manifest, drop);
    this.underWay?.forget(drop);
    return this.inTurn(async () => {
      await this.writeManifest(this.manifest);
      await this.removeUnnamed(before);
      if (this.keys().length > 0) return;
      await rm(join(this.folder, 'blobs'), { recursive: true, force: true });
    });
  }

  private async carryOut(plan: Plan): Promise<void> {
    const before = filesOf(this.manifest);
    await writeAtomically(plan.writes, this.syncs);
    await this.writeManifest(plan.apply(this.manifest));
    // Again, because stores may have been forgotten while the manifest was being written.
    this.manifest = plan.apply(this.manifest);
    plan.succeed();
    await this.removeUnnamed([...before, ...plan.names]);
  }

  private writeManifest(manifest: Manifest): Promise<void> {
    const path = join(this.folder, manifestFile);
    return writeAtomically([{ path, content: JSON.stringify(manifest) }], this.syncs);
  }

  private async removeUnnamed(files: string[]): Promise<void> {
    const named = new Set(filesOf(this.manifest));
    const gone = [...new Set(files)].filter((file) => !named.has(file));
    await Promise.all(gone.map((file) => rm(join(this.folder, file), { force: true })));
  }

  private readLog(key: string, name: string): LogEntry[] {
    return readSegments(this.folder, this.manifest.logs[key]?.[name] ?? [], this.report);
  }

  /** Removes what a crash has left: files that the manifest does not name. Bodies are not looked at. */
  private sweep(): void {
    const named = new Set(filesOf(this.manifest));
    const places = foldersIn(this.folder)
      .filter((account) => account !== 'blobs')
      .flatMap((account) =>
        foldersIn(join(this.folder, account)).map((region) => join(account, region)),
      );
    for (const place of places) {
      for (const name of readdirSync(join(this.folder, place))) {
        const isOurs = /\.\d+\.(json|log)(\.tmp)?$/.test(name);
        if (isOurs && !named.has(join(place, name))) rmSync(join(this.folder, place, name));
      }
    }
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
