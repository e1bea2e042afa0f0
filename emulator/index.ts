import { readFileSync } from 'node:fs';
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
  const server = createHttpServer(core, createControl(core, { version: version(), reset }));
  let stopFlushing = () => {};

  function flush(): void {
    const stores = core.stores.dirty();
    if (!core.disk || stores.length === 0) return;
    core.blobs.flush();
    core.disk.write(stores, { offsetMs: core.clock.offsetMs(), drawn: core.random.drawn() });
  }

  function keepFlushing(): void {
    stopFlushing = afterWallTime(flushAfter, () => {
      flush();
      keepFlushing();
    });
  }

  function reset(accountId?: string): void {
    core.clock.clear();
    core.stores.drop((key) => accountId === undefined || key.startsWith(`${accountId}/`));
    if (accountId === undefined) core.blobs.clear();
    core.replays.clear();
    core.timers.restore();
  }

  if (options.folder !== undefined) keepFlushing();
  return {
    core,
    reset,
    flush,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const { port: bound } = server.address() as AddressInfo;
          core.endpoint = `http://127.0.0.1:${bound}`;
          resolve(bound);
        });
      }),
    async close() {
      core.clock.stop();
      stopFlushing();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      flush();
    },
  };
}

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
