import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { object } from '../../../cloudformation/properties';
import type { Properties } from '../../../cloudformation/provider';
import { alarmProvider } from './alarm-provider';
import { dimensionsOf, numbered, queriesOf, texted } from './members';

const textMembers = [
  'ComparisonOperator',
  'EvaluateLowSampleCountPercentile',
  'ExtendedStatistic',
  'MetricName',
  'Namespace',
  'Statistic',
  'ThresholdMetricId',
  'TreatMissingData',
  'Unit',
];

const numberMembers = ['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold'];

const queryMembers = ['Expression', 'Id', 'Label', 'Period', 'ReturnData'];
const statMembers = [
  'Metric.Dimensions',
  'Metric.MetricName',
  'Metric.Namespace',
  'Period',
  'Stat',
  'Unit',
];

function settingsOf(properties: Properties): Partial<PutMetricAlarmInput> {
  const window = object(properties, 'EvaluationWindow');
  return {
    ...texted(properties, ...textMembers),
    ...numbered(properties, ...numberMembers),
    ...(properties['Dimensions'] === undefined ? {} : { Dimensions: dimensionsOf(properties) }),
    ...(properties['Metrics'] === undefined ? {} : { Metrics: queriesOf(properties, 'Metrics') }),
    ...(window === undefined
      ? {}
      : { EvaluationWindow: window as unknown as PutMetricAlarmInput['EvaluationWindow'] }),
  };
}

/** AWS::CloudWatch::Alarm */
export const alarm = alarmProvider({
  properties: [
    ...textMembers,
    ...numberMembers,
    'Dimensions',
    'EvaluationWindow.SlidingWindow',
    ...queryMembers.map((name) => `Metrics.${name}`),
    ...statMembers.map((name) => `Metrics.MetricStat.${name}`),
  ],
  put: (cloudwatch, common, properties) =>
    cloudwatch.putMetricAlarm({ ...common, ...settingsOf(properties) } as PutMetricAlarmInput),
});
