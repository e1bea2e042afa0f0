import { add, type Aggregate, emptyAggregate, ofValue } from './aggregate';
import { isAge, isLevel, levelsHoldFor } from './levels';
import { type Series, slotsIn, type Span } from './series';
import type { StoredMetric } from './stored-metric';

const minute = 60_000;

/** Where points lie: they begin at `start` and are `period` milliseconds long. */
export interface Grid extends Span {
  period: number;
}

interface Asked {
  grid: Grid;
  /** Milliseconds: levels hold up to here. */
  now: number;
}

/** What there is of a metric in one unit, point by point, in order of time. */
export function pointsOf(
  metric: StoredMetric,
  { unit, values, ...asked }: Asked & { unit: string; values: 'counted' | 'uncounted' },
): Map<number, Aggregate> {
  const { grid } = asked;
  const points = new Map<number, Aggregate>();
  const slots = [...slotsOf(metric, unit, asked)].toSorted(([one], [other]) => one - other);
  for (const [at, aggregate] of slots) {
    const start = grid.start + Math.floor((at - grid.start) / grid.period) * grid.period;
    const point = points.get(start) ?? emptyAggregate(values);
    add(point, aggregate);
    points.set(start, point);
  }
  return points;
}

/** The units that have data within the grid, in alphabetical order. */
export const unitsIn = (metric: StoredMetric, asked: Asked): string[] =>
  [...metric.series.keys()]
    .filter((unit) => slotsOf(metric, unit, asked)[Symbol.iterator]().next().done === false)
    .toSorted();

function slotsOf(
  metric: StoredMetric,
  unit: string,
  { grid, now }: Asked,
): Iterable<[number, Aggregate]> {
  const series = metric.series.get(unit);
  if (!series) return [];
  const later = isAge(metric) ? grown : unchanged;
  return isLevel(metric) ? held(series, { grid, now, later }) : slotsIn(series, grid, grid.period);
}

/** What a level has become so many milliseconds after it was published. */
type Later = (value: number, passed: number) => number;

const unchanged: Later = (value) => value;

/** Where nothing ages the age is 0, and stays so. */
const grown: Later = (age, passed) => (age > 0 ? age + passed / 1000 : 0);

/** A level's minutes: its own data, and between and after it what came last, or has become of it. */
function* held(
  series: Series,
  { grid, now, later }: Asked & { later: Later },
): Iterable<[number, Aggregate]> {
  const from = Math.ceil(grid.start / minute) * minute;
  let [lastAt, value] = lastBefore(series, from) ?? [-Infinity, 0];
  for (let at = from; at < grid.end; at += minute) {
    const own = series.minutes.get(at);
    if (own) [lastAt, value] = [at, own.last];
    const holds = at <= now && at - lastAt <= levelsHoldFor;
    if (own || holds) yield [at, own ?? ofValue(later(value, at - lastAt))];
  }
}

function lastBefore(series: Series, start: number): [number, number] | undefined {
  for (let at = start - minute; at >= start - levelsHoldFor; at -= minute) {
    const slot = series.minutes.get(at);
    if (slot) return [at, slot.last];
  }
  return undefined;
}
