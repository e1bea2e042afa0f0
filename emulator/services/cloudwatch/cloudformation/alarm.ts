import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { asText } from '../../../cloudformation/as-text';
import { object, tagsFor } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import {
  cloudWatchOf,
  commonSettings,
  dimensionsOf,
  numbered,
  queriesOf,
  texted,
  updateTags,
} from './members';

const alarmArn = (name: string, { accountId, region }: ProviderContext): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

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

async function put(AlarmName: string, properties: Properties, context: ProviderContext) {
  const window = object(properties, 'EvaluationWindow');
  await cloudWatchOf(context).putMetricAlarm({
    AlarmName,
    ...commonSettings(properties),
    ...texted(properties, ...textMembers),
    ...numbered(properties, ...numberMembers),
    ...(properties['Dimensions'] === undefined ? {} : { Dimensions: dimensionsOf(properties) }),
    ...(properties['Metrics'] === undefined ? {} : { Metrics: queriesOf(properties, 'Metrics') }),
    ...(window === undefined
      ? {}
      : { EvaluationWindow: window as unknown as PutMetricAlarmInput['EvaluationWindow'] }),
    Tags: tagsFor(properties, context),
  } as PutMetricAlarmInput);
  return { physicalId: AlarmName, attributes: { Arn: alarmArn(AlarmName, context) } };
}

const queryMembers = ['Expression', 'Id', 'Label', 'Period', 'ReturnData'];
const statMembers = [
  'Metric.Dimensions',
  'Metric.MetricName',
  'Metric.Namespace',
  'Period',
  'Stat',
  'Unit',
];

export const alarm: ResourceProvider = {
  properties: [
    ...textMembers,
    ...numberMembers,
    'ActionsEnabled',
    'AlarmActions',
    'AlarmDescription',
    'AlarmName',
    'Dimensions',
    'EvaluationWindow.SlidingWindow',
    'InsufficientDataActions',
    ...queryMembers.map((name) => `Metrics.${name}`),
    ...statMembers.map((name) => `Metrics.MetricStat.${name}`),
    'OKActions',
    'Tags',
  ],

  create: (properties, context) =>
    put(asText(properties['AlarmName'] ?? context.physicalName(255)), properties, context),

  async update(name, { properties }, context) {
    const provided = await put(name, properties, context);
    await updateTags(alarmArn(name, context), properties, context);
    return provided;
  },

  async delete(name, _properties, context) {
    await cloudWatchOf(context).deleteAlarms({ AlarmNames: [name] });
  },
};
