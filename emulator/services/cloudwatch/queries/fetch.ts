import type { MetricStat } from '@aws-sdk/client-cloudwatch';
import type { Aggregate } from '../metrics/aggregate';
import { type Grid, pointsOf, unitsIn } from '../metrics/points';
import type { Span } from '../metrics/series';
import { needsValues, readStatistic, type Statistic } from '../metrics/statistic';
import { metricKey, type MetricName, type StoredMetric } from '../metrics/stored-metric';
import type { TimeSeries } from './time-series';

/** What is asked of the metrics of one place, at one moment. */
export interface Question {
  metrics: ReadonlyMap<string, StoredMetric>;
  /** Where the points of a period of so many seconds lie. */
  gridFor: (period: number) => Grid;
  /** Milliseconds; levels hold up to here. */
  now: number;
  /** What the anomaly detector of a metric is not to learn from. */
  excluded: (stat: MetricStat) => Span[];
}

/**
 * A statistic of a metric over time. Of data in several units AWS takes one unless it is told
 * which; it is the first in alphabetical order.
 */
export function fetchStatistic(stat: MetricStat, { metrics, gridFor, now }: Question): TimeSeries {
  const grid = gridFor(stat.Period ?? 60);
  const named = nameOf(stat);
  const metric = metrics.get(metricKey(named));
  const series = { points: new Map(), samples: new Map(), period: grid.period, label: named.name };
  if (!metric) return series;
  const units = stat.Unit === undefined ? unitsIn(metric, { grid, now }) : [stat.Unit];
  const { Stat = '' } = stat;
  const values = needsValues(Stat) ? 'counted' : 'uncounted';
  const points = pointsOf(metric, { unit: units[0] ?? 'None', grid, now, values });
  fill(series, points, readStatistic(Stat));
  return units.length > 1 ? { ...series, units } : series;
}

function nameOf({ Metric = {} }: MetricStat): MetricName {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions = [] } = Metric;
  return { namespace, name, dimensions };
}

function fill(
  series: TimeSeries,
  points: ReadonlyMap<number, Aggregate>,
  measure: Statistic | undefined,
): void {
  for (const [at, aggregate] of points) {
    const value = measure?.(aggregate);
    if (value === undefined) continue;
    series.points.set(at, value);
    series.samples?.set(at, aggregate.count);
  }
}
