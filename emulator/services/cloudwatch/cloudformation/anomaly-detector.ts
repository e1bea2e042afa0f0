import type { PutAnomalyDetectorInput } from '@aws-sdk/client-cloudwatch';
import { boolean, ignoring, object, objects, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { cloudWatchOf, dimensionsOf, queriesOf, read, texted } from './members';

const single = (properties: Properties) => ({
  ...texted(properties, 'Namespace', 'MetricName', 'Stat'),
  ...(properties['Dimensions'] === undefined ? {} : { Dimensions: dimensionsOf(properties) }),
});

/** Times in templates have no zone, and mean UTC. */
const timeOf = (range: Properties, name: string): Date => new Date(`${text(range, name)}Z`);

const rangesOf = (configuration: Properties) =>
  objects(configuration, 'ExcludedTimeRanges').map((range) => ({
    StartTime: timeOf(range, 'StartTime'),
    EndTime: timeOf(range, 'EndTime'),
  }));

function inputOf(properties: Properties): PutAnomalyDetectorInput {
  const ofMetric = object(properties, 'SingleMetricAnomalyDetector');
  const ofMath = object(properties, 'MetricMathAnomalyDetector');
  const configuration = object(properties, 'Configuration');
  const characteristics = object(properties, 'MetricCharacteristics');
  return {
    ...single(properties),
    ...(ofMetric ? { SingleMetricAnomalyDetector: single(ofMetric) } : {}),
    ...(ofMath
      ? { MetricMathAnomalyDetector: { MetricDataQueries: queriesOf(ofMath, 'MetricDataQueries') } }
      : {}),
    ...(configuration ? { Configuration: { ExcludedTimeRanges: rangesOf(configuration) } } : {}),
    ...(characteristics
      ? { MetricCharacteristics: read(characteristics, ['PeriodicSpikes'], boolean) }
      : {}),
  };
}

async function put(properties: Properties, context: ProviderContext) {
  const { AnomalyDetectorId: id = '' } = await cloudWatchOf(context).putAnomalyDetector(
    inputOf(properties),
  );
  return { physicalId: id, attributes: { Id: id } };
}

const metricMembers = ['Dimensions', 'MetricName', 'Namespace', 'Stat'];

const queryMembers = [
  'Expression',
  'Id',
  'Label',
  'MetricStat.Metric.Dimensions',
  'MetricStat.Metric.MetricName',
  'MetricStat.Metric.Namespace',
  'MetricStat.Period',
  'MetricStat.Stat',
  'MetricStat.Unit',
  'Period',
  'ReturnData',
];

function watchedIn(properties: Properties): unknown {
  const { Configuration: _learnt, MetricCharacteristics: _kind, ...watched } = inputOf(properties);
  return watched;
}

export const anomalyDetector: ResourceProvider = {
  properties: [
    ...metricMembers,
    'Configuration.ExcludedTimeRanges',
    'MetricCharacteristics.PeriodicSpikes',
    ...metricMembers.map((name) => `SingleMetricAnomalyDetector.${name}`),
    ...queryMembers.map((name) => `MetricMathAnomalyDetector.MetricDataQueries.${name}`),
  ],

  // The new one would be the old one, as it watches the same, and go with it.
  replaces: ({ properties, previous }) =>
    JSON.stringify(watchedIn(properties)) === JSON.stringify(watchedIn(previous))
      ? false
      : undefined,

  create: put,

  update: (_id, { properties }, context) => put(properties, context),

  async delete(AnomalyDetectorId, _properties, context) {
    const deletion = cloudWatchOf(context).deleteAnomalyDetector({ AnomalyDetectorId });
    await ignoring(['ResourceNotFoundException'], deletion);
  },
};
