import type { TimeSeries } from '../queries/time-series';
import type { MathFunction } from './functions';
import { MathError } from './tokens';
import { isList, isSeries, mapValue, type Value, withPoints } from './value';
import { table } from '../../../table';

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
const mean = (numbers: number[]) => sum(numbers) / numbers.length;

/** How far numbers lie from their mean, over the whole of them. */
export const deviation = (numbers: number[]): number => {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
};

/** Over the points of one series a number, over several series one series. */
const aggregation = (measure: (numbers: number[]) => number): MathFunction => ({
  from: 1,
  to: 1,
  apply([value = 0]) {
    if (isList(value)) return across(value, measure);
    if (isSeries(value))
      return value.points.size === 0 ? Number.NaN : measure([...value.points.values()]);
    return mapValue(value, (number) => measure([number]));
  },
});

/** At each moment over those series that have a point there. */
function across(list: TimeSeries[], measure: (numbers: number[]) => number): TimeSeries {
  const moments = [...new Set(list.flatMap(({ points }) => [...points.keys()]))].toSorted(
    (one, other) => one - other,
  );
  const { label: _one, ...first } = list[0] ?? { points: new Map(), period: 60_000 };
  return withPoints(
    first,
    moments.map((at) => [
      at,
      measure(list.flatMap(({ points }) => (points.has(at) ? [points.get(at) ?? 0] : []))),
    ]),
  );
}

const numeric = (change: (number: number) => number): MathFunction => ({
  from: 1,
  to: 1,
  apply: ([value = 0]) => mapValue(value, change),
});

export const aggregations: Record<string, MathFunction> = table({
  SUM: aggregation(sum),
  AVG: aggregation(mean),
  MIN: aggregation((numbers) => Math.min(...numbers)),
  MAX: aggregation((numbers) => Math.max(...numbers)),
  STDDEV: aggregation(deviation),
  ABS: numeric(Math.abs),
  CEIL: numeric(Math.ceil),
  FLOOR: numeric(Math.floor),
  LOG: numeric(Math.log),
  LOG10: numeric(Math.log10),
  DATAPOINT_COUNT: {
    from: 1,
    to: 1,
    apply: ([value = 0]) => seriesOf(value).points.size,
  },
});

/** The series that a parameter must be. */
export function seriesOf(value: Value | undefined): TimeSeries {
  if (value !== undefined && isSeries(value)) return value;
  throw new MathError('A time series is expected');
}
