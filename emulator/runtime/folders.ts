import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Folders for unpacked code and temporary files, below the state folder, or the machine's own
 * temporary folder for an emulator in memory. What an earlier, killed process left is removed.
 */
export class Folders {
  private readonly below: string | undefined;
  private root: string | undefined;
  private readonly filled = new Map<string, string>();
  private count = 0;

  constructor(stateFolder: string | undefined) {
    this.below = stateFolder === undefined ? undefined : join(stateFolder, 'runtime');
  }

  /** A new, empty folder. */
  fresh(): string {
    this.root ??= this.makeRoot();
    this.count += 1;
    const folder = join(this.root, String(this.count));
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A folder that is filled the first time that its key is asked for. */
  shared(key: string, fill: (folder: string) => void): string {
    const known = this.filled.get(key);
    if (known !== undefined) return known;
    const folder = this.fresh();
    fill(folder);
    this.filled.set(key, folder);
    return folder;
  }

  remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }

  clear(): void {
    this.filled.clear();
    if (this.root !== undefined) this.remove(this.root);
    this.root = undefined;
  }

  private makeRoot(): string {
    if (this.below === undefined)
      return realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-runtime-')));
    this.remove(this.below);
    mkdirSync(this.below, { recursive: true });
    return realpathSync(this.below);
  }
}
