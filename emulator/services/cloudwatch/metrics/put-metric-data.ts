import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { dataArrived } from '../alarms/schedule';
import { invalidValue, missingParameter, notEmulated } from '../errors';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import type { Aggregate } from './aggregate';
import { readDatum } from './datum';
import { createSeries, record, type Series } from './series';
import { metricKey, type MetricName, sortedDimensions, type StoredMetric } from './stored-metric';

export const putMetricData = {
  PutMetricData({ Namespace: namespace, MetricData: data = [], EntityMetricData }, call) {
    if (EntityMetricData) throw notEmulated('Metric data of entities (EntityMetricData) is');
    checkNamespace(namespace, call);
    if (data.length === 0) throw missingParameter('MetricData');
    if (data.length > 1000)
      throw invalidValue('The collection MetricData must not have a size greater than 1000.');
    const now = call.now().getTime();
    // All are checked first: one that is wrong keeps the others out.
    const read = data.map((datum, index) =>
      readDatum(datum, `MetricData.member.${index + 1}`, now),
    );
    const touched = data.flatMap(
      (datum, index) => keep({ namespace, datum, aggregate: read[index] }, call) ?? [],
    );
    dataArrived(new Set(touched), call);
  },
} satisfies CloudWatchHandlers;

function checkNamespace(
  namespace: string | undefined,
  { principal }: CloudWatchCall,
): asserts namespace is string {
  if (!namespace) throw missingParameter('Namespace');
  if (namespace.startsWith('AWS/') && principal.type !== 'service')
    throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
  if (namespace.startsWith(':') || !/^[\x20-\x7e]{1,255}$/.test(namespace))
    throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
}

interface Datum {
  namespace: string;
  datum: MetricDatum;
  aggregate: Aggregate | undefined;
}

/** Answers the key of the metric that got the datum; none when the datum holds no value. */
function keep({ namespace, datum, aggregate }: Datum, call: CloudWatchCall): string | undefined {
  if (!aggregate || aggregate.count === 0) return undefined;
  const now = call.now().getTime();
  const { MetricName: name = '', Dimensions: dimensions = [], Unit: unit = 'None' } = datum;
  const metric = open({ namespace, name, dimensions }, call);
  metric.updatedAt = now;
  const series = seriesOf(metric, unit, now);
  const at = datum.Timestamp?.getTime() ?? now;
  record(series, { at, aggregate, isHighResolution: datum.StorageResolution === 1 }, now);
  return metricKey(metric);
}

function seriesOf({ series }: StoredMetric, unit: string, now: number): Series {
  const known = series.get(unit) ?? createSeries(now);
  series.set(unit, known);
  return known;
}

function open(named: MetricName, { state, now }: CloudWatchCall): StoredMetric {
  const key = metricKey(named);
  const known = state.metrics.get(key);
  if (known) return known;
  const metric = {
    ...named,
    dimensions: sortedDimensions(named.dimensions),
    series: new Map(),
    updatedAt: now().getTime(),
  };
  state.metrics.set(key, metric);
  return metric;
}
