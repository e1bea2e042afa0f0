import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmState, CompositeAlarm, MetricAlarm } from '../alarms/alarm';
import { subjectOf as watchedBy } from '../alarms/subject';
import { awsDate } from '../alarms/text';
import { parseObject } from '../../../json';
import { regionName } from '../regions';
import { table } from '../../../table';

/** An alarm that went from one state into another, somewhere. */
export interface Happening {
  alarm: Alarm;
  before: AlarmState;
  accountId: string;
  region: string;
}

/** Subject of the notification: `ALARM: "checkout" in US East (N. Virginia)`. */
export const subjectOf = ({ alarm, region }: Happening): string =>
  `${alarm.state.value}: "${alarm.name}" in ${regionName(region)}`.slice(0, 100);

/** Text of the notification, the JSON document that AWS sends to topics. */
export function messageOf({ alarm, before, accountId, region }: Happening): string {
  const { settings, state } = alarm;
  return JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: settings.AlarmDescription ?? null,
    AWSAccountId: accountId,
    AlarmConfigurationUpdatedTimestamp: awsDate(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: awsDate(state.updatedAt),
    Region: regionName(region),
    AlarmArn: alarm.arn,
    OldStateValue: before.value,
    OKActions: settings.OKActions ?? [],
    AlarmActions: settings.AlarmActions ?? [],
    InsufficientDataActions: settings.InsufficientDataActions ?? [],
    ...(alarm.kind === 'MetricAlarm' ? { Trigger: triggerOf(alarm) } : ofComposite(alarm)),
  });
}

function ofComposite({ settings, state }: CompositeAlarm) {
  const children = parseObject(state.reasonData ?? '')?.['triggeringAlarms'] as
    { arn: string; state: { value: string; timestamp: string } }[] | undefined;
  return {
    AlarmRule: settings.AlarmRule,
    TriggeringChildren: (children ?? []).map(({ arn, state: { value, timestamp } }) => ({
      Arn: arn,
      State: { Value: value, Timestamp: timestamp },
    })),
  };
}

function triggerOf({ settings }: MetricAlarm) {
  const { TreatMissingData = 'missing', EvaluateLowSampleCountPercentile = '' } = settings;
  return {
    ...(settings.Metrics ? {} : oneMetric(settings)),
    Period: watchedBy(settings).period,
    EvaluationPeriods: settings.EvaluationPeriods,
    DatapointsToAlarm: settings.DatapointsToAlarm,
    ComparisonOperator: settings.ComparisonOperator,
    Threshold: settings.Threshold,
    ThresholdMetricId: settings.ThresholdMetricId,
    TreatMissingData,
    EvaluateLowSampleCountPercentile,
    Metrics: settings.Metrics?.map(queryOf),
  };
}

const statistics: Record<string, string> = table({
  Average: 'AVERAGE',
  Maximum: 'MAXIMUM',
  Minimum: 'MINIMUM',
  SampleCount: 'SAMPLE_COUNT',
  Sum: 'SUM',
});

const oneMetric = (settings: MetricAlarm['settings']) => ({
  MetricName: settings.MetricName,
  Namespace: settings.Namespace,
  ...(settings.Statistic === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: settings.ExtendedStatistic }
    : { StatisticType: 'Statistic', Statistic: statistics[settings.Statistic] }),
  Unit: settings.Unit ?? null,
  Dimensions: dimensionsOf(settings.Dimensions),
});

const dimensionsOf = (dimensions: Dimension[] = []) =>
  dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));

const queryOf = ({ Id, Expression, Label, MetricStat, ReturnData = true }: MetricDataQuery) => ({
  Expression,
  Id,
  Label,
  MetricStat: MetricStat && {
    Metric: {
      Dimensions: dimensionsOf(MetricStat.Metric?.Dimensions),
      MetricName: MetricStat.Metric?.MetricName,
      Namespace: MetricStat.Metric?.Namespace,
    },
    Period: MetricStat.Period,
    Stat: MetricStat.Stat,
  },
  ReturnData,
});
