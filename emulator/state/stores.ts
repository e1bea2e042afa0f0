import type { Disk } from './disk';
import { Log } from './log';
import { keyOf, type Store, storeKey } from './store';

interface Place {
  accountId: string;
  region: string;
  service: string;
}

const none: ReadonlySet<string> = new Set();

/**
 * Accounts and Regions come from ARNs, addresses and signatures that anybody may have made up, and
 * they become names of folders: what is none is answered from a state that nobody keeps.
 */
const isPlace = ({ accountId, region }: Place): boolean =>
  /^\d{12}$/.test(accountId) && /^[a-z][a-z\d-]{1,30}$/.test(region);

/** All stores: in memory once used, read from disk at first use. */
export class Stores {
  private readonly stores = new Map<string, Store>();
  private readonly disk: Disk | undefined;
  private readonly byService = new Map<string, Set<string>>();

  constructor(disk: Disk | undefined) {
    this.disk = disk;
    for (const key of disk?.keys() ?? []) this.note(key);
  }

  find({ accountId, region, service }: Place): Store | undefined {
    return this.at(storeKey(accountId, region, service));
  }

  open(place: Place, create: () => unknown): Store {
    const found = this.find(place);
    if (found) return found;
    const made: Store = {
      ...place,
      state: create(),
      timers: new Map(),
      seeded: new Set<string>(),
      logs: new Map(),
      dirty: true,
    };
    if (!isPlace(place)) return made;
    this.stores.set(keyOf(made), made);
    this.note(keyOf(made));
    return made;
  }

  /** Keys of one service's stores, oldest first; quick, because each request may ask. */
  ofService(service: string): ReadonlySet<string> {
    return this.byService.get(service) ?? none;
  }

  /** One of a store's logs; `cap` is how many of its newest entries are kept. */
  logOf(store: Store, name: string, cap?: number): Log {
    const known = store.logs.get(name);
    if (known) return known;
    const log = this.disk?.openLog(keyOf(store), name, cap) ?? new Log({ read: undefined, cap });
    store.logs.set(name, log);
    return log;
  }

  /** Keys of every store there is, in memory or on disk. */
  keys(): string[] {
    return [...new Set([...this.stores.keys(), ...(this.disk?.keys() ?? [])])];
  }

  at(key: string): Store | undefined {
    const known = this.stores.get(key);
    if (known) return known;
    const read = this.disk?.readStore(key);
    if (read) this.stores.set(key, read);
    return read;
  }

  /** The stores that have something to write, in their own file or in a log's. */
  dirty(): Store[] {
    return [...this.stores.values()].filter(
      ({ dirty, logs }) => dirty || [...logs.values()].some((log) => log.isDirty),
    );
  }

  /** Forgets stores at once; the promise is for their files. */
  async drop(drop: (key: string) => boolean): Promise<void> {
    for (const key of this.stores.keys()) if (drop(key)) this.stores.delete(key);
    for (const keys of this.byService.values())
      for (const key of keys) if (drop(key)) keys.delete(key);
    await this.disk?.remove(drop);
  }

  private note(key: string): void {
    const service = key.slice(key.lastIndexOf('/') + 1);
    const keys = this.byService.get(service);
    if (keys) keys.add(key);
    else this.byService.set(service, new Set([key]));
  }
}
