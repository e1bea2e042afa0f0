import type { Dimension } from '@aws-sdk/client-cloudwatch';
import type { Series } from './series';

/** A metric with all data that is kept of it. */
export interface StoredMetric {
  namespace: string;
  name: string;
  /** In order of their names. */
  dimensions: { Name: string; Value: string }[];
  /** By unit, because AWS keeps data of different units apart. */
  series: Map<string, Series>;
  /** When data last came in, in simulated milliseconds. */
  updatedAt: number;
}

/** What names a metric. */
export interface MetricName {
  namespace: string;
  name: string;
  dimensions: readonly Dimension[];
}

/** The key of a metric; the order of its dimensions does not count. */
export const metricKey = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, ...sortedDimensions(dimensions).map(Object.values)]);

export const sortedDimensions = (
  dimensions: readonly Dimension[],
): { Name: string; Value: string }[] =>
  dimensions
    .map(({ Name = '', Value = '' }) => ({ Name, Value }))
    .toSorted((one, other) => (one.Name < other.Name ? -1 : 1));
