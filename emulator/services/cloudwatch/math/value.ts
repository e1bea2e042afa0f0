import type { Grid } from '../metrics/points';
import type { TimeSeries } from '../queries/time-series';
import type { Node } from './parse';
import { MathError } from './tokens';

/** What an expression can be worked out to. */
export type Value = number | TimeSeries | TimeSeries[] | { text: string };

/** What functions know besides their parameters. */
export interface Scope {
  /** The series of every metric query of the request, by id. */
  metrics: () => [id: string, series: TimeSeries][];
  /** Where points lie that are made without a metric. */
  grid: () => Grid;
  /** Milliseconds: no point begins later. */
  now: number;
  /** The edges of what is expected of an expression: so many standard deviations below and above. */
  band: (expression: Node, deviations: number) => [upper: TimeSeries, lower: TimeSeries];
}

export const isSeries = (value: Value): value is TimeSeries =>
  typeof value === 'object' && 'points' in value;

export const isList = (value: Value): value is TimeSeries[] => Array.isArray(value);

/** A series of the same kind with other points; what is no number has no point. */
export function withPoints(
  series: TimeSeries,
  points: Iterable<readonly [number, number | undefined]>,
): TimeSeries {
  const kept = [...points].filter(
    (point): point is [number, number] => point[1] !== undefined && Number.isFinite(point[1]),
  );
  const { period, label } = series;
  return { points: new Map(kept), period, ...(label === undefined ? {} : { label }) };
}

/** Does the same to a number, to each point of a series, to each series of a list. */
export function mapValue(value: Value, change: (number: number) => number): Value {
  if (typeof value === 'number') return change(value);
  if (isList(value)) return value.map((series) => mapSeries(series, change));
  if (isSeries(value)) return mapSeries(value, change);
  throw new MathError(`Unexpected text '${value.text}'`);
}

const mapSeries = (series: TimeSeries, change: (number: number) => number): TimeSeries =>
  withPoints(
    series,
    [...series.points].map(([at, number]) => [at, change(number)]),
  );

/** Every moment at which a point may lie, from a grid's start until now. */
export function* momentsOf({ start, end, period }: Grid, now: number): Iterable<number> {
  for (let at = start; at < end && at <= now; at += period) yield at;
}
