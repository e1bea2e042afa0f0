import {
  type AnomalyDetector,
  AnomalyDetectorType,
  type DeleteAnomalyDetectorInput,
  type DescribeAnomalyDetectorsInput,
  type PutAnomalyDetectorInput,
  type SingleMetricAnomalyDetector,
} from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';
import { checkEachOf, missingParameter, notEmulated, notFound, validationError } from '../errors';
import { readStatistic } from '../metrics/statistic';
import { checkQueries } from '../queries/check';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { invalidToken } from '../tokens';
import { type Detector, type Watched, watchedBy, watchedKey } from './detector';
import { openDetector } from './ensure';
import { trainingOf } from './training';

export const anomalyDetectors = {
  PutAnomalyDetector(input, call) {
    const watches = watchedIn(input);
    const isKnown = call.state.detectors.has(watchedKey(watches));
    const detector = openDetector(watches, call);
    detector.configuration = checkedConfiguration(input);
    if (input.MetricCharacteristics?.PeriodicSpikes !== undefined)
      detector.periodicSpikes = input.MetricCharacteristics.PeriodicSpikes;
    announce(isKnown ? 'UPDATE' : 'CREATE', detector, call);
    return { AnomalyDetectorId: detector.id };
  },

  DeleteAnomalyDetector(input, call) {
    const { detectors } = call.state;
    const detector = input.AnomalyDetectorId
      ? [...detectors.values()].find(({ id }) => id === input.AnomalyDetectorId)
      : detectors.get(watchedKey(watchedIn(input)));
    if (!detector) throw notFound('Anomaly detector does not exist'); // text unverified
    detectors.delete(watchedKey(detector.watches));
    announce('DELETE', detector, call);
  },

  DescribeAnomalyDetectors(input, call) {
    const { NextToken, MaxResults: max = 10_000, AnomalyDetectorTypes } = input;
    checkEachOf(AnomalyDetectorTypes, 'anomalyDetectorTypes', AnomalyDetectorType);
    const types = AnomalyDetectorTypes ?? ['SINGLE_METRIC'];
    const found = [...call.state.detectors.values()].filter(
      (detector) =>
        types.includes('queries' in detector.watches ? 'METRIC_MATH' : 'SINGLE_METRIC') &&
        matches(detector, input),
    );
    const { page, next } = paginate(found, NextToken, { max, invalid: invalidToken });
    return {
      AnomalyDetectors: page.map((detector) => shown(detector, call)),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies CloudWatchHandlers;

/** A metric, spelled in either of AWS's two ways, or metric math. */
function watchedIn(input: PutAnomalyDetectorInput | DeleteAnomalyDetectorInput): Watched {
  const { MetricMathAnomalyDetector: math, SingleMetricAnomalyDetector: single = input } = input;
  return math ? { queries: checkedMath(math.MetricDataQueries ?? []) } : ofMetric(single);
}

function ofMetric(single: SingleMetricAnomalyDetector): Watched {
  for (const name of ['Namespace', 'MetricName', 'Stat'] as const)
    if (!single[name]) throw missingParameter(name);
  const { Namespace, MetricName, Dimensions = [], Stat = '' } = single;
  if (!readStatistic(Stat))
    throw validationError(`The value ${Stat} for parameter Stat is not supported.`); // text unverified
  return watchedBy({ Metric: { Namespace, MetricName, Dimensions }, Stat, Period: undefined });
}

function checkedMath<Q extends { ReturnData?: boolean | undefined }>(queries: Q[]): Q[] {
  checkQueries(queries as never, 'MetricMathAnomalyDetector.MetricDataQueries');
  if (queries.filter(({ ReturnData = true }) => ReturnData).length !== 1)
    throw validationError('Exactly one element of the metrics list should return data.');
  return queries;
}

function checkedConfiguration({ Configuration = {} }: PutAnomalyDetectorInput) {
  const refused = (['MetricTimezone', 'AdaptationSpeed', 'OutlierFilteringStrength'] as const).find(
    (name) => Configuration[name] !== undefined,
  );
  if (refused) throw notEmulated(`${refused} of anomaly detectors is`);
  return Configuration;
}

function matches(detector: Detector, input: DescribeAnomalyDetectorsInput): boolean {
  const { watches, id } = detector;
  if (input.AnomalyDetectorIds && !input.AnomalyDetectorIds.includes(id)) return false;
  const { Namespace, MetricName, Dimensions } = input;
  if ('queries' in watches) return Namespace === undefined && MetricName === undefined;
  return [
    Namespace === undefined || watches.namespace === Namespace,
    MetricName === undefined || watches.name === MetricName,
    Dimensions === undefined || JSON.stringify(watches.dimensions) === JSON.stringify(Dimensions),
  ].every(Boolean);
}

function shown(detector: Detector, call: CloudWatchCall): AnomalyDetector {
  const { id, watches, configuration, periodicSpikes } = detector;
  return {
    AnomalyDetectorId: id,
    ...shownWatched(watches),
    Configuration: { ExcludedTimeRanges: [], ...configuration },
    StateValue: trainingOf(detector, call),
    ...(periodicSpikes === undefined
      ? {}
      : { MetricCharacteristics: { PeriodicSpikes: periodicSpikes } }),
  };
}

function shownWatched(watches: Watched): Partial<AnomalyDetector> {
  if ('queries' in watches)
    return { MetricMathAnomalyDetector: { MetricDataQueries: watches.queries } };
  const single = {
    Namespace: watches.namespace,
    MetricName: watches.name,
    Dimensions: watches.dimensions,
    Stat: watches.stat,
  };
  return { ...single, SingleMetricAnomalyDetector: single };
}

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { id }: Detector,
  call: CloudWatchCall,
): void => call.announce({ kind, type: 'AWS::CloudWatch::AnomalyDetector', id });
