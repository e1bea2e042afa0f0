import type { Disk } from './disk';
import { type Store, storeKey } from './store';

interface Place {
  accountId: string;
  region: string;
  service: string;
}

/** All stores: in memory once used, read from disk at first use. */
export class Stores {
  private readonly stores = new Map<string, Store>();
  private readonly disk: Disk | undefined;

  constructor(disk: Disk | undefined) {
    this.disk = disk;
  }

  find({ accountId, region, service }: Place): Store | undefined {
    return this.at(storeKey(accountId, region, service));
  }

  open(place: Place, create: () => unknown): Store {
    const found = this.find(place);
    if (found) return found;
    const made = {
      ...place,
      state: create(),
      timers: new Map(),
      seeded: new Set<string>(),
      dirty: true,
    };
    this.stores.set(storeKey(place.accountId, place.region, place.service), made);
    return made;
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

  dirty(): Store[] {
    return [...this.stores.values()].filter((store) => store.dirty);
  }

  drop(drop: (key: string) => boolean): void {
    for (const key of this.stores.keys()) if (drop(key)) this.stores.delete(key);
    this.disk?.remove(drop);
  }
}
