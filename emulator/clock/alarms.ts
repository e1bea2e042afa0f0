/** Something that is due at a simulated moment. */
export interface Alarm {
  at: number;
  ring: () => void;
}

/** Alarms in order of time, then of setting, so that the same run rings them in the same order. */
export class Alarms {
  private readonly alarms = new Map<string, Alarm>();
  private earliest: [string, Alarm] | undefined;
  private known = true;

  set(id: string, alarm: Alarm): void {
    this.cancel(id);
    this.alarms.set(id, alarm);
    if (this.known && alarm.at < (this.earliest?.[1].at ?? Infinity)) this.earliest = [id, alarm];
  }

  cancel(id: string): void {
    if (this.alarms.delete(id) && this.earliest?.[0] === id) this.known = false;
  }

  /** When the next one is due, in simulated milliseconds. */
  nextAt(): number | undefined {
    return this.first()?.[1].at;
  }

  /** Takes the next one out. */
  take(): Alarm | undefined {
    const next = this.first();
    if (next) this.cancel(next[0]);
    return next?.[1];
  }

  clear(): void {
    this.alarms.clear();
    this.earliest = undefined;
    this.known = true;
  }

  private first(): [string, Alarm] | undefined {
    if (this.known) return this.earliest;
    this.earliest = undefined;
    for (const entry of this.alarms) {
      if (entry[1].at < (this.earliest?.[1].at ?? Infinity)) this.earliest = entry;
    }
    this.known = true;
    return this.earliest;
  }
}
