import type { AnomalyDetectorStateValue, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { floorTo } from '../metrics/series';
import { Evaluation } from '../queries/evaluate';
import type { CloudWatchCall } from '../state';
import { fewestToTrain, trainedOn } from './band';
import type { Detector } from './detector';

/**
 * How far a detector is (FACTS C4.2). AWS trains for hours; here what the band needs is there as
 * soon as there are enough minutes with data.
 */
export function trainingOf({ watches }: Detector, call: CloudWatchCall): AnomalyDetectorStateValue {
  const queries = 'queries' in watches ? watches.queries : [ofMetric(watches)];
  const now = call.now().getTime();
  const watched = queries.find(({ ReturnData = true }) => ReturnData)?.Id ?? '';
  const evaluation = new Evaluation(queries, {
    metrics: call.state.metrics,
    gridFor: (period) => ({
      start: floorTo(now - trainedOn, period * 1000),
      end: now + 1,
      period: period * 1000,
    }),
    now,
    excluded: () => [],
  });
  const known = evaluation.seriesOf(watched)[0]?.points.size ?? 0;
  if (known === 0) return 'PENDING_TRAINING';
  return known < fewestToTrain ? 'TRAINED_INSUFFICIENT_DATA' : 'TRAINED';
}

const ofMetric = (
  watches: Exclude<Detector['watches'], { queries: MetricDataQuery[] }>,
): MetricDataQuery => ({
  Id: 'm1',
  MetricStat: {
    Metric: {
      Namespace: watches.namespace,
      MetricName: watches.name,
      Dimensions: watches.dimensions,
    },
    Period: 60,
    Stat: watches.stat,
  },
});
