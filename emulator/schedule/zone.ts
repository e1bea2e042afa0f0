const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Is it a name of the IANA time zone database, such as `Europe/Paris`? */
export function isTimeZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What clocks in the zone show, written as if it were UTC. */
export function wallTimeAt(instant: Date, zone: string): Date {
  if (zone === 'UTC') return instant;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

const day = 86_400_000;

/** When clocks in the zone first show a wall time; never, when daylight saving skips it. */
export function instantAt(wall: Date, zone: string): Date | undefined {
  if (zone === 'UTC') return wall;
  const offsets = [-day, day].map((distance) => {
    const near = new Date(wall.getTime() + distance);
    return wallTimeAt(near, zone).getTime() - near.getTime();
  });
  return offsets
    .map((offset) => new Date(wall.getTime() - offset))
    .toSorted((one, other) => one.getTime() - other.getTime())
    .find((instant) => wallTimeAt(instant, zone).getTime() === wall.getTime());
}
