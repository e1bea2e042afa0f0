import type { Clock } from '../clock/clock';
import { Random } from '../random';
import type { Store } from '../state/store';
import { type Aim, type Fault, type FaultRequest, isAimedAt } from './fault';
import { Past } from './past';

/** The faults of one emulator, in the order in which they were set; a restart forgets them. */
export class Faults {
  private readonly faults: Fault[] = [];
  private readonly random: Random;
  private readonly past: Past;
  private count = 0;

  constructor(seed: string, now: Clock['now']) {
    this.random = new Random(`${seed}:faults`);
    this.past = new Past(now);
  }

  get isEmpty(): boolean {
    return this.faults.length === 0;
  }

  list(): Fault[] {
    return [...this.faults];
  }

  set(request: FaultRequest): Fault {
    this.count += 1;
    const fault = { ...request, id: `fault-${this.count}`, hits: 0 };
    this.faults.push(fault);
    return fault;
  }

  /** Takes one fault away, or all: how many. */
  clear(id?: string): number {
    const gone = this.faults.filter((fault) => id === undefined || fault.id === id);
    for (const fault of gone) this.faults.splice(this.faults.indexOf(fault), 1);
    if (!this.faults.some(({ kind }) => kind === 'stale')) this.past.clear();
    return gone.length;
  }

  /** The faults that hit this request; each counts it. */
  *hitting(aim: Aim): Generator<Fault> {
    for (const fault of this.list()) {
      if (!isAimedAt(fault, aim) || !this.isDrawn(fault)) continue;
      fault.hits += 1;
      yield fault;
    }
  }

  /** Told before anything may change a store. */
  beforeChange(store: Store): void {
    const isWatched = this.faults.some(
      ({ kind, service }) => kind === 'stale' && (service === '*' || service === store.service),
    );
    if (isWatched) this.past.remember(store);
  }

  /** What a stale read is carried out on; undefined for today's state. */
  staleState(store: Store, fault: Fault): unknown {
    return this.past.stateFor(store, fault);
  }

  private isDrawn({ probability = 1 }: Fault): boolean {
    return probability >= 1 || Number.parseInt(this.random.hex(8), 16) < probability * 2 ** 32;
  }
}
