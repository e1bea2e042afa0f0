/** Something that is due at a simulated moment. */
export interface Alarm {
  at: number;
  ring: () => void;
}

/** Alarms in order of time, then of setting, so that the same run rings them in the same order. */
export function createAlarms() {
  const alarms = new Map<string, Alarm>();
  let earliest: [string, Alarm] | undefined;
  let known = true;

  function first(): [string, Alarm] | undefined {
    if (known) return earliest;
    earliest = undefined;
    for (const entry of alarms) {
      if (!earliest || entry[1].at < earliest[1].at) earliest = entry;
    }
    known = true;
    return earliest;
  }

  return {
    set(id: string, alarm: Alarm): void {
      if (alarms.delete(id)) known = false;
      alarms.set(id, alarm);
      if (known && (!earliest || alarm.at < earliest[1].at)) earliest = [id, alarm];
    },
    cancel(id: string): void {
      if (alarms.delete(id) && earliest?.[0] === id) known = false;
    },
    /** When the next one is due, in simulated milliseconds. */
    nextAt: (): number | undefined => first()?.[1].at,
    /** Takes the next one out. */
    take(): Alarm | undefined {
      const next = first();
      if (!next) return undefined;
      alarms.delete(next[0]);
      known = false;
      return next[1];
    },
    clear(): void {
      alarms.clear();
      earliest = undefined;
      known = true;
    },
  };
}
