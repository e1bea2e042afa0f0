import type { Core } from '../core';
import { openCall } from '../calls';
import { rootOf } from '../principal';
import { type Store, storeKey, type StoredTimer } from '../state/store';

export interface Timers {
  set(place: { store: Store; region: string }, id: string, timer: StoredTimer): void;
  cancel(store: Store, id: string): void;
  /** Sets the alarms of every timer that lies in the state, after a start. */
  restore(): void;
  park(key: string, deadline: Date): Promise<'woken' | 'timeout'>;
  wake(key: string): void;
}

/** Timers are data in their store; the clock only holds an alarm for each. */
export function createTimers(core: () => Core): Timers {
  const alarmOf = (store: Store, id: string) =>
    `${storeKey(store.accountId, store.region, store.service)}/${id}`;

  function arm(store: Store, id: string, timer: StoredTimer): void {
    core().clock.set(alarmOf(store, id), new Date(timer.at), () => {
      store.timers.delete(id);
      store.dirty = true;
      core().feed.background(() => fire(core(), store, timer));
    });
  }

  return {
    set({ store, region }, id, timer) {
      const stored = { ...timer, region };
      store.timers.set(id, stored);
      store.dirty = true;
      arm(store, id, stored);
    },
    cancel(store, id) {
      if (store.timers.delete(id)) store.dirty = true;
      core().clock.cancel(alarmOf(store, id));
    },
    restore() {
      for (const key of core().stores.keys()) {
        const store = core().stores.at(key);
        for (const [id, timer] of store?.timers ?? []) if (store) arm(store, id, timer);
      }
    },
    park: (key, deadline) => park(core(), key, deadline),
    wake(key) {
      for (const resume of core().parked.get(key) ?? []) resume();
    },
  };
}

async function fire(core: Core, store: Store, timer: StoredTimer): Promise<void> {
  const service = core.services.load(store.service);
  const handler = service?.definition.timers?.[timer.name];
  if (!service || !handler) {
    core.log(`timer ${store.service}/${timer.name} has no handler and was dropped`);
    return;
  }
  const call = openCall(core, {
    service,
    operation: timer.name,
    region: timer.region ?? store.region,
    caller: { principal: rootOf(store.accountId) },
  });
  try {
    await handler(timer.payload as never, call);
  } finally {
    call.finish();
  }
}

async function park(core: Core, key: string, deadline: Date): Promise<'woken' | 'timeout'> {
  if (deadline <= core.clock.now()) return 'timeout';
  const alarm = `park/${core.random.uuid()}`;
  const waiters = core.parked.get(key) ?? new Set();
  core.parked.set(key, waiters);
  let resume = () => {};
  const outcome = new Promise<'woken' | 'timeout'>((resolve) => {
    resume = () => resolve('woken');
    core.clock.set(alarm, deadline, () => resolve('timeout'));
  });
  waiters.add(resume);
  try {
    return await core.workload.parked(outcome);
  } finally {
    core.clock.cancel(alarm);
    waiters.delete(resume);
    if (waiters.size === 0) core.parked.delete(key);
  }
}
