import type {
  AnomalyDetectorConfiguration,
  MetricDataQuery,
  MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { metricKey } from '../metrics/stored-metric';

/** An anomaly detector, of one statistic of a metric or of metric math. */
export interface Detector {
  id: string;
  watches: Watched;
  configuration: AnomalyDetectorConfiguration;
  periodicSpikes?: boolean;
}

export type Watched =
  | { namespace: string; name: string; dimensions: { Name: string; Value: string }[]; stat: string }
  | { queries: MetricDataQuery[] };

/** Two detectors of the same metric and statistic are one. */
export const watchedKey = (watched: Watched): string =>
  'queries' in watched ? JSON.stringify(watched.queries) : `${metricKey(watched)} ${watched.stat}`;

/** What a query of a metric would have a detector watch. */
export function watchedBy({ Metric = {}, Stat: stat = '' }: MetricStat): Watched {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = Metric;
  const dimensions = Dimensions.map(({ Name = '', Value = '' }) => ({ Name, Value }));
  return { namespace, name, dimensions, stat };
}
