import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterWallTime } from './clock/wall';
import { createControl } from './control/control';
import type { Core } from './core';
import { createCore, type EmulatorOptions } from './emulator';
import { createHttpServer } from './http/server';

/** How long a change may wait before it is on disk. */
const flushAfter = 1000;

export type { EmulatorOptions } from './emulator';

export interface Emulator {
  /** For in-process clients and tests. */
  readonly core: Core;
  /** Listens on 127.0.0.1; port 0 takes a free one. Answers the port. */
  listen(port: number): Promise<number>;
  /** Forgets all state, or one account's. */
  reset(accountId?: string): void;
  /** Writes what is not on disk yet. */
  flush(): void;
  /** Stops listening and the clock, and writes what is left. */
  close(): Promise<void>;
}

/** A whole emulator: nothing is shared between two of them. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const core = createCore(options);
  const reset = (accountId?: string) => forget(core, accountId);
  const server = createHttpServer(core, createControl(core, { version: version(), reset }));
  const stopFlushing = options.folder === undefined ? () => {} : keepFlushing(core);
  return {
    core,
    reset,
    flush: () => flush(core),
    listen: (port) => listen(server, core, port),
    async close() {
      core.clock.stop();
      stopFlushing();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      flush(core);
      core.workload.close();
    },
  };
}

function listen(server: Server, core: Core, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo;
      core.endpoint = `http://127.0.0.1:${bound}`;
      resolve(bound);
    });
  });
}

/** Writes what has changed since the last time; a clock that moved is a change too. */
function flush(core: Core): void {
  if (!core.disk) return;
  const stores = core.stores.dirty();
  const totals = { offsetMs: core.clock.offsetMs(), drawn: core.random.drawn() };
  if (stores.length === 0 && core.disk.totals().offsetMs === totals.offsetMs) return;
  core.blobs.flush();
  core.disk.write(stores, totals);
}

/** Flushes again and again; a disk that is full or gone is reported and tried again. */
function keepFlushing(core: Core): () => void {
  let stop = () => {};
  const again = () => {
    stop = afterWallTime(flushAfter, () => {
      try {
        flush(core);
      } catch (error) {
        core.log(`state: could not be written (${String(error)})`);
      }
      again();
    });
  };
  again();
  return () => stop();
}

function forget(core: Core, accountId: string | undefined): void {
  core.clock.clear();
  core.stores.drop((key) => accountId === undefined || key.startsWith(`${accountId}/`));
  if (accountId === undefined) {
    core.blobs.clear();
    core.faults.clear();
  }
  core.replays.clear();
  core.timers.restore();
}

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
