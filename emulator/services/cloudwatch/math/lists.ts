import type { TimeSeries } from '../queries/time-series';
import { deviation } from './aggregations';
import type { MathFunction } from './functions';
import { MathError } from './tokens';
import { isList, isSeries, type Value } from './value';
import { table } from '../../../table';

function listOf(value: Value | undefined): TimeSeries[] {
  if (value !== undefined && isList(value)) return value;
  if (value !== undefined && isSeries(value)) return [value];
  throw new MathError('An array of time series is expected');
}

const textOf = (value: Value | undefined): string | undefined =>
  typeof value === 'object' && 'text' in value ? value.text : undefined;

function numberOf(value: Value | undefined): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  throw new MathError('A number is expected');
}

const sumOf = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

function oneOf(series: TimeSeries | undefined): TimeSeries {
  if (!series) throw new MathError('The array holds no time series');
  return series;
}

/** What SORT can sort by. */
const measures: Record<string, (numbers: number[]) => number> = table({
  AVG: (numbers) => sumOf(numbers) / numbers.length,
  SUM: sumOf,
  MIN: (numbers) => Math.min(...numbers),
  MAX: (numbers) => Math.max(...numbers),
  STDDEV: deviation,
});

function sort([value, by, order, limit]: Value[]): TimeSeries[] {
  const measure = measures[textOf(by) ?? ''];
  if (!measure) throw new MathError('SORT takes AVG, MIN, MAX, SUM or STDDEV');
  const sign = textOf(order) === 'DESC' ? -1 : 1;
  return listOf(value)
    .map((series) => ({ series, rank: measure([...series.points.values()]) }))
    .toSorted((one, other) => sign * (one.rank - other.rank))
    .slice(0, numberOf(limit))
    .map(({ series }) => series);
}

export const lists: Record<string, MathFunction> = table({
  METRICS: {
    from: 0,
    to: 1,
    apply([filter], { metrics }) {
      const part = textOf(filter) ?? '';
      return metrics().flatMap(([id, series]) => (id.includes(part) ? [series] : []));
    },
  },
  METRIC_COUNT: { from: 1, to: 1, apply: ([value]) => listOf(value).length },
  REMOVE_EMPTY: {
    from: 1,
    to: 1,
    apply: ([value]) => listOf(value).filter(({ points }) => points.size > 0),
  },
  FIRST: { from: 1, to: 1, apply: ([value]) => oneOf(listOf(value).at(0)) },
  LAST: { from: 1, to: 1, apply: ([value]) => oneOf(listOf(value).at(-1)) },
  SORT: { from: 3, to: 4, apply: sort },
  SLICE: {
    from: 2,
    to: 3,
    apply: ([value, start, end]) => listOf(value).slice(numberOf(start), numberOf(end)),
  },
});
