import { createFeed } from './changes/feed';
import { createClients } from './clients';
import { Clock } from './clock/clock';
import { createTimers } from './clock/timers';
import { Workload } from './clock/work';
import type { Core } from './core';
import { Faults } from './faults/faults';
import { Random } from './random';
import { createRuntime } from './runtime';
import { Services } from './services';
import { createBlobs } from './state/blobs';
import { Disk } from './state/disk';
import { Stores } from './state/stores';
import { encodeFailure, encodeOutput } from './steps/answer';
import { authorise } from './steps/authorise';
import { readCaller } from './steps/caller';
import { decodeInput } from './steps/decode';
import { dispatch } from './steps/dispatch';
import type { Decoded, Exchange } from './steps/exchange';
import { ConnectionDropped, injectFaults } from './steps/faults';
import { accessKeyOf, identifyService } from './steps/identify';
import { createMembership } from './steps/organization';
import { receive } from './steps/receive';
import { record } from './steps/record';
import { rememberToken, replayToken } from './steps/replay';
import type { Watcher } from './watch';
import type { WireRequest, WireResponse } from './wire';

export interface EmulatorOptions {
  /** Where state is kept; in memory only without one. */
  folder?: string | undefined;
  /** A moment at which the clock stands until it is advanced (tests); wall speed without one. */
  frozenAt?: Date | undefined;
  /** `enforce` refuses unknown access keys and lets resource policies bind roots, too. */
  iam?: 'enforce' | 'learn' | undefined;
  /** Milliseconds in which a client has to have sent a request whole; two minutes unless told. */
  patienceMs?: number | undefined;
  /** Seed of every id that AWS would draw at random. */
  seed?: string | undefined;
  log?: ((line: string) => void) | undefined;
}

/** All that happens between a request's first byte and its answer, in order. */
async function answer(exchange: Exchange, core: Core): Promise<WireResponse> {
  try {
    const received = await receive(exchange, core);
    if (received) return received;
    identifyService(exchange, core);
    readCaller(exchange, core);
    decodeInput(exchange, core);
    await carryOut(exchange as Decoded, core);
    record(exchange, core);
    if (exchange.isAnswerLost) throw new ConnectionDropped();
    return encodeOutput(exchange);
  } catch (thrown) {
    if (thrown instanceof ConnectionDropped) throw thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    record(exchange, core, error);
    return encodeFailure(exchange, core, error);
  } finally {
    exchange.finish?.();
  }
}

async function carryOut(exchange: Decoded, core: Core): Promise<void> {
  replayToken(exchange, core);
  if (!core.faults.isEmpty) await injectFaults(exchange, core);
  if (exchange.output) return;
  authorise(exchange, core);
  await dispatch(exchange);
  rememberToken(exchange, core);
}

const atFirst = ({ iam = 'learn', log = () => {} }: EmulatorOptions) => ({
  iam,
  log,
  endpoint: 'http://127.0.0.1:4566',
  replays: new Map(),
  watchers: new Set<Watcher>(),
  parked: new Map(),
});

/** Puts the parts of one emulator together; several live side by side in one process. */
export function createCore(options: EmulatorOptions = {}): Core {
  const first = atFirst(options);
  const disk = options.folder === undefined ? undefined : new Disk(options.folder, first.log);
  const totals = disk?.totals();
  const workload = new Workload();
  const self = () => core;
  const clock = new Clock(workload, { frozenAt: options.frozenAt, offsetMs: totals?.offsetMs });
  const seed = options.seed ?? 'dop-labs';
  const core: Core = {
    services: new Services(),
    stores: new Stores(disk),
    disk,
    blobs: createBlobs(options.folder),
    workload,
    clock,
    timers: createTimers(self),
    random: new Random(seed, totals?.drawn),
    clients: createClients(self),
    feed: createFeed(self),
    faults: new Faults(seed, clock.now),
    ...first,
    membershipOf: createMembership(self),
    runtime: createRuntime(self, options.folder),
    handle: (request: WireRequest, given: Partial<Exchange> = {}) =>
      workload.nested(
        () => answer({ request, requestId: core.random.uuid(), ...given }, core),
        // What a child asks for belongs to the invocation that the child is working on.
        given.caller ? undefined : accessKeyOf(request),
      ),
  };
  core.timers.restore();
  return core;
}
