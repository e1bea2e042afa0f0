import type { FileHandle } from 'node:fs/promises';
import { afterWallTime } from '../clock/wall';

/** What a flush waits for the disk at most, in milliseconds. */
const patience = 100;

/** Syncs that may go on behind a flush; with more of them the disk cannot keep up anyway. */
const most = 2;

/**
 * Makes files safe from a power failure. Whatever a process has written survives its own end, so a
 * disk that is busy with others must not delay the promise that `kill -9` loses one second at most:
 * then the sync goes on behind the flush, or is left to the system.
 */
export class Syncs {
  private under = 0;

  /** Takes the file over and closes it in the end. */
  async settle(file: FileHandle): Promise<void> {
    if (this.under >= most) return file.close();
    this.under += 1;
    const synced = file.sync().finally(() => {
      this.under -= 1;
      return file.close();
    });
    await Promise.race([synced, this.waited(synced)]);
  }

  private waited(synced: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = afterWallTime(patience, resolve);
      synced.then(cancel, reject);
    });
  }
}
