import { floorTo } from './series';
import type { Grid } from './points';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** AWS's periods: 1, 5, 10, 20 and 30 seconds, and any number of whole minutes. */
export const isPeriod = (seconds: number): boolean =>
  [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);

/**
 * Points between two moments. The first begins at the start, rounded down as AWS does: to the
 * period when that is less than a minute, else to the minute, or further for what is long ago.
 */
export function gridOf(
  { start, end }: { start: Date; end: Date },
  periodSeconds: number,
  now: number,
): Grid {
  const period = periodSeconds * second;
  const age = now - start.getTime();
  const step =
    period < minute ? period : age <= 15 * day ? minute : age <= 63 * day ? 5 * minute : hour;
  return { start: floorTo(start.getTime(), step), end: end.getTime(), period };
}
