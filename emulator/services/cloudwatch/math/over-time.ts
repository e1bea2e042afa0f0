import type { TimeSeries } from '../queries/time-series';
import { seriesOf } from './aggregations';
import { fill } from './fill';
import type { MathFunction } from './functions';
import { MathError } from './tokens';
import { isList, momentsOf, type Value, withPoints } from './value';
import { table } from '../../../table';

/** Does something to one series, or to each of a list. */
const eachSeries = (change: (series: TimeSeries) => TimeSeries): MathFunction => ({
  from: 1,
  to: 1,
  apply: ([value]) =>
    value !== undefined && isList(value) ? value.map(change) : change(seriesOf(value)),
});

type Step = { from: [number, number]; to: [number, number] };

/** Of each point and the one before it; the first has none. */
const steps = (measure: (step: Step) => number): MathFunction =>
  eachSeries((series) => {
    const points = [...series.points];
    return withPoints(
      series,
      points
        .slice(1)
        .map((to, index) => [to[0], measure({ from: points[index] ?? to, to })] as const),
    );
  });

const secondsOf = ({ from, to }: Step) => (to[0] - from[0]) / 1000;
const difference = ({ from, to }: Step) => to[1] - from[1];

/** Something of the moment at which each point lies. */
const moments = (measure: (at: Date) => number): MathFunction =>
  eachSeries((series) =>
    withPoints(
      series,
      [...series.points.keys()].map((at) => [at, measure(new Date(at))]),
    ),
  );

const isTrue = (number: number | undefined) => number !== undefined && number !== 0;

/** The value that a branch of IF has at a moment. */
const at = (branch: Value | undefined, moment: number): number | undefined =>
  typeof branch === 'number' ? branch : branch && seriesOf(branch).points.get(moment);

function choose([condition, then, otherwise]: Value[]): Value {
  if (typeof condition === 'number')
    return (isTrue(condition) ? then : otherwise) ?? { points: new Map(), period: 60_000 };
  const series = seriesOf(condition);
  return withPoints(
    series,
    [...series.points].map(([moment, number]) => [
      moment,
      at(isTrue(number) ? then : otherwise, moment),
    ]),
  );
}

export const overTime: Record<string, MathFunction> = table({
  DIFF: steps(difference),
  DIFF_TIME: steps(secondsOf),
  RATE: steps((step) => difference(step) / secondsOf(step)),
  RUNNING_SUM: eachSeries((series) => {
    let sum = 0;
    return withPoints(
      series,
      [...series.points].map(([moment, number]) => [moment, (sum += number)]),
    );
  }),
  PERIOD: { from: 1, to: 1, apply: ([value]) => seriesOf(value).period / 1000 },
  IF: { from: 2, to: 3, apply: choose },
  FILL: { from: 2, to: 2, apply: fill },
  TIME_SERIES: {
    from: 1,
    to: 1,
    apply([value], scope) {
      if (typeof value !== 'number') throw new MathError('TIME_SERIES takes a number');
      const grid = scope.grid();
      const points = [...momentsOf(grid, scope.now)].map((moment) => [moment, value] as const);
      return withPoints({ points: new Map(), period: grid.period }, points);
    },
  },
  MINUTE: moments((moment) => moment.getUTCMinutes()),
  HOUR: moments((moment) => moment.getUTCHours()),
  // AWS counts days of the week from Monday, 1.
  DAY: moments((moment) => moment.getUTCDay() || 7),
  DATE: moments((moment) => moment.getUTCDate()),
  MONTH: moments((moment) => moment.getUTCMonth() + 1),
  YEAR: moments((moment) => moment.getUTCFullYear()),
  EPOCH: moments((moment) => Math.floor(moment.getTime() / 1000)),
});
