import type { TimeSeries } from '../queries/time-series';
import { seriesOf } from './aggregations';
import { MathError } from './tokens';
import { isList, momentsOf, type Scope, type Value, withPoints } from './value';

/** FILL: puts a number, another series, the last value (REPEAT) or a line (LINEAR) where points miss. */
export function fill([value, filler]: Value[], scope: Scope): Value {
  if (value === undefined || filler === undefined) throw new MathError('FILL takes two parameters');
  if (isList(value)) return value.map((series) => fillSeries(series, filler, scope));
  return fillSeries(seriesOf(value), filler, scope);
}

function fillSeries(series: TimeSeries, filler: Value, scope: Scope): TimeSeries {
  const missing = fillerFor(series, filler);
  const moments = [...momentsOf({ ...scope.grid(), period: series.period }, scope.now)];
  return withPoints(
    series,
    moments.map((at) => [at, series.points.get(at) ?? missing(at)]),
  );
}

type Filler = (at: number) => number | undefined;

function fillerFor(series: TimeSeries, filler: Value): Filler {
  if (typeof filler === 'number') return () => filler;
  if ('text' in filler) return byWord(series, filler.text);
  const other = seriesOf(filler);
  return (at) => other.points.get(at);
}

function byWord(series: TimeSeries, word: string): Filler {
  const points = [...series.points];
  const before = (at: number) => points.findLast(([moment]) => moment < at);
  const after = (at: number) => points.find(([moment]) => moment > at);
  if (word === 'REPEAT') return (at) => before(at)?.[1];
  if (word !== 'LINEAR') throw new MathError(`Unexpected '${word}'`);
  return (at) => {
    const [from, to] = [before(at), after(at)];
    if (!from || !to) return undefined;
    return from[1] + ((to[1] - from[1]) * (at - from[0])) / (to[0] - from[0]);
  };
}
