import type { Blobs } from './state/blobs';
import type { Clients } from './clients';
import type { Clock } from './clock/clock';
import type { WireRequest, WireResponse } from './wire';
import type { Workload } from './clock/work';
import type { Disk } from './state/disk';
import type { Exchange } from './steps/exchange';
import type { Faults } from './faults/faults';
import type { Feed } from './changes/feed';
import type { Membership } from './service';
import type { Random } from './random';
import type { Replays } from './steps/replay';
import type { Runtime } from './runtime';
import type { Services } from './services';
import type { Stores } from './state/stores';
import type { Timers } from './clock/timers';
import type { Watcher } from './watch';

/** All parts of one emulator. Nothing of it lives in a module, so several run in one process. */
export interface Core {
  services: Services;
  stores: Stores;
  disk: Disk | undefined;
  blobs: Blobs;
  clock: Clock;
  workload: Workload;
  timers: Timers;
  random: Random;
  clients: Clients;
  feed: Feed;
  faults: Faults;
  /** What an account's organization says of it; at once where there is no organization at all. */
  membershipOf: (accountId: string, region: string) => Membership | undefined;
  /** Whether every caller has to have permissions, or unknown keys are the default account's root. */
  iam: 'enforce' | 'learn';
  replays: Replays;
  /** The life of a request; `given` is what an in-process client knows already. */
  handle: (request: WireRequest, given?: Partial<Exchange>) => Promise<WireResponse>;
  /** Told of every call and change. */
  watchers: Set<Watcher>;
  /** Requests parked in a long poll, by key. */
  parked: Map<string, Set<() => void>>;
  /** `http://127.0.0.1:4566`, once it listens. */
  endpoint: string;
  /** Processes that run learners' code. */
  runtime: Runtime;
  log: (line: string) => void;
}
