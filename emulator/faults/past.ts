import type { Clock } from '../clock/clock';
import { decodeState, encodeState } from '../state/codec';
import { type Store, storeKey } from '../state/store';
import type { Fault } from './fault';

/** Changes remembered of one store: a read can be no staler. */
const remembered = 100;

interface Moment {
  /** When the state stopped being this one. */
  until: number;
  state: string;
}

/**
 * What the state of services was, kept only while a `stale` fault asks for it: a stale read is
 * carried out on the state of then, so it answers what it would have answered, also the first time.
 */
export class Past {
  private readonly moments = new Map<string, Moment[]>();
  private readonly now: Clock['now'];

  constructor(now: Clock['now']) {
    this.now = now;
  }

  /** Keeps the state as it is just before something changes it. */
  remember(store: Store): void {
    const key = keyOf(store);
    const moments = this.moments.get(key) ?? [];
    const state = encodeState(store.state);
    if (moments.at(-1)?.state === state) moments.pop();
    moments.push({ until: this.now().getTime(), state });
    if (moments.length > remembered) moments.shift();
    this.moments.set(key, moments);
  }

  /** The state that a stale read sees; undefined when that is today's. */
  stateFor(store: Store, { changes, milliseconds = 0 }: Fault): unknown {
    const moments = this.moments.get(keyOf(store)) ?? [];
    const current = encodeState(store.state);
    // The newest moment may have been kept for a call that changed nothing.
    const past = moments.filter(
      ({ state }, index) => state !== (moments[index + 1]?.state ?? current),
    );
    const then = this.now().getTime() - milliseconds;
    const found =
      changes === undefined
        ? past.find(({ until }) => until > then)
        : past[Math.max(past.length - changes, 0)];
    return found && decodeState(found.state);
  }

  clear(): void {
    this.moments.clear();
  }
}

const keyOf = ({ accountId, region, service }: Store) => storeKey(accountId, region, service);
