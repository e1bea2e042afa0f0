import type { Disk } from './disk';
import { type Store, storeKey } from './store';

/** All stores: in memory once used, read from disk at first use. */
export function createStores(disk: Disk | undefined) {
  const stores = new Map<string, Store>();

  function find(key: string): Store | undefined {
    const known = stores.get(key);
    if (known) return known;
    const read = disk?.readStore(key);
    if (read) stores.set(key, read);
    return read;
  }

  return {
    find: (accountId: string, region: string, service: string) =>
      find(storeKey(accountId, region, service)),
    open(
      place: { accountId: string; region: string; service: string },
      create: () => unknown,
    ): Store {
      const key = storeKey(place.accountId, place.region, place.service);
      const found = find(key);
      if (found) return found;
      const made: Store = {
        ...place,
        state: create(),
        timers: new Map(),
        seeded: new Set(),
        dirty: true,
      };
      stores.set(key, made);
      return made;
    },
    /** Keys of every store there is, in memory or on disk. */
    keys: (): string[] => [...new Set([...stores.keys(), ...(disk?.keys() ?? [])])],
    at: (key: string): Store | undefined => find(key),
    dirty: (): Store[] => [...stores.values()].filter((store) => store.dirty),
    drop(drop: (key: string) => boolean): void {
      for (const key of stores.keys()) if (drop(key)) stores.delete(key);
      disk?.remove(drop);
    },
  };
}

export type Stores = ReturnType<typeof createStores>;
