import { closeSync, fsync } from 'node:fs';
import { promisify } from 'node:util';
import { afterWallTime } from '../clock/wall';

/** What a flush waits for the disk at most, in milliseconds. */
const patience = 100;

/** Milliseconds between two flushes that are more than the promise leaves room for. */
const late = 600;

/** Files whose sync may go on behind a flush; with more of them the disk cannot keep up anyway. */
const most = 3;

const sync = promisify(fsync);

/**
 * Makes files safe from a power failure. Whatever a process has written survives its own end, so a
 * disk that is busy with others must not delay the promise that `kill -9` loses one second at most:
 * then the sync goes on behind the flush, or is left to the system.
 */
export class Syncs {
  private under = 0;
  private begun = performance.now();

  /** A flush begins; one that comes late, because the machine is overloaded, waits for nothing. */
  begin(): void {
    const now = performance.now();
    this.isLate = now - this.begun > late;
    this.begun = now;
  }

  private isLate = false;

  /** Takes open files over, and closes them in the end. */
  async settle(files: number[]): Promise<void> {
    const synced = Promise.all(files.map((file) => this.one(file)));
    if (this.isLate) return;
    await new Promise<void>((resolve, reject) => {
      const cancel = afterWallTime(patience, resolve);
      synced.then(() => resolve(), reject).finally(cancel);
    });
  }

  private async one(file: number): Promise<void> {
    try {
      if (this.isLate || this.under >= most) return;
      this.under += 1;
      await sync(file).finally(() => (this.under -= 1));
    } finally {
      closeSync(file);
    }
  }
}
