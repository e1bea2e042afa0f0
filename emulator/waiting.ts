import type { Call } from './call';
import type { Core } from './core';
import type { Frame } from './frame';
import type { Store } from './state/store';

/** The part of a call that has to do with time: timers, and requests that wait. */
export class Waiting {
  readonly service: string;
  readonly region: string;
  protected readonly core: Core;
  protected readonly store: Store;

  constructor(core: Core, { service, region }: Frame, store: Store) {
    this.core = core;
    this.store = store;
    this.service = service.card.name;
    this.region = region;
  }

  get timers(): Call['timers'] {
    const { timers, random } = this.core;
    const { store, region } = this;
    return {
      set: ({ name, at, payload, id = random.uuid() }) => {
        timers.set({ store, region }, id, { at: at.getTime(), name, payload });
        return id;
      },
      cancel: (id) => timers.cancel(store, id),
    };
  }

  get sleep(): (milliseconds: number) => Promise<void> {
    return async (milliseconds) => {
      const until = new Date(this.core.clock.now().getTime() + milliseconds);
      await this.park(`sleep:${this.core.random.uuid()}`, until);
    };
  }

  get park(): Call['park'] {
    return (key, deadline) => this.core.timers.park(this.scoped(key), deadline);
  }

  get wake(): (key: string) => void {
    return (key) => this.core.timers.wake(this.scoped(key));
  }

  private scoped(key: string): string {
    return `${this.store.accountId}/${this.store.region}/${this.service}/${key}`;
  }
}
