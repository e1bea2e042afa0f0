import { popHeap, pushHeap } from '../heap';

/** Something that is due at a simulated moment. */
export interface Alarm {
  at: number;
  ring: () => void;
}

/** A place in the queue of alarms; stale when its alarm was cancelled or set anew. */
interface Entry {
  id: string;
  /** Counts the settings, for those of the same moment. */
  turn: number;
  alarm: Alarm;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.alarm.at < other.alarm.at || (one.alarm.at === other.alarm.at && one.turn < other.turn);

/** Alarms in order of time, then of setting, so that the same run rings them in the same order. */
export class Alarms {
  private readonly alarms = new Map<string, Alarm>();
  private heap: Entry[] = [];
  private turns = 0;

  set(id: string, alarm: Alarm): void {
    this.alarms.set(id, alarm);
    this.turns += 1;
    pushHeap(this.heap, { id, turn: this.turns, alarm }, isBefore);
    if (this.heap.length > 100 + 2 * this.alarms.size) this.forgetStale();
  }

  cancel(id: string): void {
    this.alarms.delete(id);
  }

  /** When the next one is due, in simulated milliseconds. */
  nextAt(): number | undefined {
    return this.first()?.alarm.at;
  }

  /** Takes the next one out. */
  take(): Alarm | undefined {
    const next = this.first();
    if (next) this.cancel(next.id);
    return next?.alarm;
  }

  clear(): void {
    this.alarms.clear();
    this.heap = [];
  }

  private first(): Entry | undefined {
    while (this.heap[0] && !this.isCurrent(this.heap[0])) popHeap(this.heap, isBefore);
    return this.heap[0];
  }

  private forgetStale(): void {
    const kept = this.heap.filter((entry) => this.isCurrent(entry));
    // An array in order is a heap.
    this.heap = kept.toSorted((one, other) => (isBefore(one, other) ? -1 : 1));
  }

  private isCurrent({ id, alarm }: Entry): boolean {
    return this.alarms.get(id) === alarm;
  }
}
