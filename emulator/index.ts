import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterWallTime } from './clock/wall';
import { createControl } from './control/control';
import type { Core } from './core';
import { createCore, type EmulatorOptions } from './emulator';
import { createHttpServer } from './http/server';

/** Milliseconds from the start of one flush to the next: a change is on disk within a second. */
const leastPause = 250;
const mostPause = 450;

/** State that takes long to encode is written less often, so that calls keep nine tenths of the time. */
const pauseAfter = (held: number): number => Math.min(Math.max(10 * held, leastPause), mostPause);

export type { EmulatorOptions } from './emulator';

export interface Emulator {
  /** For in-process clients and tests. */
  readonly core: Core;
  /** Listens on 127.0.0.1; port 0 takes a free one. Answers the port. */
  listen(port: number): Promise<number>;
  /** Forgets all state, or one account's, at once; the promise is for the files. */
  reset(accountId?: string): Promise<void>;
  /** Writes what is not on disk yet. */
  flush(): Promise<void>;
  /** Stops listening and the clock, and writes what is left. */
  close(): Promise<void>;
}

/** A whole emulator: nothing is shared between two of them. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const core = createCore(options);
  const reset = (accountId?: string) => forget(core, accountId);
  const control = createControl(core, { version: version(), reset });
  const server = createHttpServer(core, control, options.patienceMs);
  core.runtime.reachAt(() => addressOf(server, core));
  const stopFlushing = options.folder === undefined ? () => {} : keepFlushing(core);
  return {
    core,
    reset,
    flush: async () => void (await flush(core)),
    listen: (port) => listen(server, core, port),
    async close() {
      core.clock.stop();
      stopFlushing();
      await core.runtime.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await flush(core);
      sweepBodies(core);
      core.workload.close();
    },
  };
}

async function listen(server: Server, core: Core, port: number): Promise<number> {
  const bound = await bind(server, port);
  core.endpoint = urlOf(bound);
  return bound;
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Where children reach this emulator; one that is used in process only begins to listen now. */
async function addressOf(server: Server, core: Core): Promise<string> {
  return server.listening ? core.endpoint : urlOf(await bind(server, 0));
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Writes what has changed since the last time; a clock that moved is a change too. */
async function flush(core: Core): Promise<number | undefined> {
  return await core.disk?.write(() => ({
    stores: core.stores.dirty(),
    totals: { offsetMs: core.clock.offsetMs(), drawn: core.random.drawn() },
    blobs: core.blobs,
  }));
}

/** A body is written once and may be shared, so it goes when the last that points at it is gone. */
function sweepBodies({ disk, blobs }: Core): void {
  const named = disk?.bodies();
  if (named) blobs.sweep((ref) => named.has(ref));
}

/** Flushes again and again; a disk that is full or gone is reported and tried again. */
function keepFlushing(core: Core): () => void {
  let stop = () => {};
  let isStopped = false;
  const again = (pause: number) => {
    if (isStopped) return;
    stop = afterWallTime(pause, () => {
      const began = performance.now();
      void flush(core)
        .catch((error: unknown) => core.log(`state: could not be written (${String(error)})`))
        .then((held = 0) => again(Math.max(pauseAfter(held) - (performance.now() - began), 0)));
    });
  };
  again(leastPause);
  return () => {
    isStopped = true;
    stop();
  };
}

async function forget(core: Core, accountId: string | undefined): Promise<void> {
  core.clock.clear();
  core.runtime.clear();
  if (accountId === undefined) {
    core.blobs.clear();
    core.faults.clear();
  }
  core.replays.clear();
  const forgotten = core.stores.drop(
    (key) => accountId === undefined || key.startsWith(`${accountId}/`),
  );
  core.timers.restore();
  await forgotten;
}

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
