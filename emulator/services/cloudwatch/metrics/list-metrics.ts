import type { DimensionFilter, Metric } from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';
import { notEmulated, notInSet } from '../errors';
import { invalidRequestToken } from '../tokens';
import type { CloudWatchHandlers } from '../state';
import type { StoredMetric } from './stored-metric';

const hour = 3600_000;
/** AWS forgets a metric in its lists that had no data for so long. */
const listedFor = 14 * 24 * hour;

export const listMetrics = {
  ListMetrics({ NextToken, RecentlyActive: active, ...filter }, { state, now }) {
    if (filter.IncludeLinkedAccounts || filter.OwningAccount !== undefined)
      throw notEmulated('Metrics of linked accounts are');
    if (active !== undefined && active !== 'PT3H') throw notInSet('RecentlyActive', ['PT3H']);
    const since = now().getTime() - (active ? 3 * hour : listedFor);
    const found = [...state.metrics.values()].filter(
      (metric) => metric.updatedAt >= since && matches(metric, filter),
    );
    const { page, next } = paginate(found, NextToken, { max: 500, invalid: invalidRequestToken });
    return { Metrics: page.map(shown), ...(next === undefined ? {} : { NextToken: next }) };
  },
} satisfies CloudWatchHandlers;

interface Filter {
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: DimensionFilter[] | undefined;
}

const matches = (metric: StoredMetric, { Namespace, MetricName, Dimensions = [] }: Filter) =>
  (Namespace === undefined || metric.namespace === Namespace) &&
  (MetricName === undefined || metric.name === MetricName) &&
  Dimensions.every(({ Name: name, Value: value }) =>
    metric.dimensions.some(
      (dimension) => dimension.Name === name && (value === undefined || dimension.Value === value),
    ),
  );

const shown = ({ namespace, name, dimensions }: StoredMetric): Metric => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: dimensions,
});
