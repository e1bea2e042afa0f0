import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchCall } from '../state';
import { type Alarm, type AlarmState, areActionsEnabled, type MetricAlarm } from './alarm';
import { awsDate } from './text';

/** A state as events and Lambda functions get it. */
export const eventState = ({ value, reason, reasonData, updatedAt, suppression }: AlarmState) => ({
  value,
  reason,
  ...(reasonData === undefined ? {} : { reasonData }),
  timestamp: awsDate(updatedAt),
  ...(suppression === undefined
    ? {}
    : { actionsSuppressedBy: suppression.by, actionsSuppressedReason: suppression.reason }),
});

/** What an alarm watches, as events have it (FACTS C4.5): metrics in lower case, dimensions as a map. */
export function eventConfiguration(alarm: Alarm): Record<string, unknown> {
  const { AlarmDescription: description } = alarm.settings;
  return {
    ...(description === undefined ? {} : { description }),
    ...(alarm.kind === 'MetricAlarm'
      ? { metrics: eventMetrics(alarm) }
      : ofComposite(alarm.settings)),
  };
}

const ofComposite = (settings: Extract<Alarm, { kind: 'CompositeAlarm' }>['settings']) => ({
  alarmRule: settings.AlarmRule,
  ...(settings.ActionsSuppressor === undefined
    ? {}
    : {
        actionsSuppressor: settings.ActionsSuppressor,
        actionsSuppressorWaitPeriod: settings.ActionsSuppressorWaitPeriod,
        actionsSuppressorExtensionPeriod: settings.ActionsSuppressorExtensionPeriod,
      }),
});

function eventMetrics({ settings, metricId }: MetricAlarm) {
  if (settings.Metrics) return settings.Metrics.map(eventQuery);
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic, Unit } =
    settings;
  const Stat = Statistic ?? ExtendedStatistic;
  const Metric = { Namespace, MetricName, Dimensions };
  const MetricStat = { Metric, Period, Stat, ...(Unit === undefined ? {} : { Unit }) };
  return [eventQuery({ Id: metricId, MetricStat, ReturnData: true })];
}

const eventQuery = ({ Id, Expression, Label, MetricStat, ReturnData, Period }: MetricDataQuery) =>
  withoutAbsent({
    id: Id,
    expression: Expression,
    label: Label,
    period: Period,
    metricStat: MetricStat && eventMetricStat(MetricStat),
    returnData: ReturnData ?? true,
  });

function eventMetricStat(stat: NonNullable<MetricDataQuery['MetricStat']>) {
  const { Namespace, MetricName, Dimensions = [] } = stat.Metric ?? {};
  return withoutAbsent({
    metric: {
      namespace: Namespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
    },
    period: stat.Period,
    stat: stat.Stat,
    unit: stat.Unit,
  });
}

const withoutAbsent = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** `CloudWatch Alarm State Change`. */
export const emitStateChange = (alarm: Alarm, before: AlarmState, call: CloudWatchCall): void =>
  call.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      configuration: eventConfiguration(alarm),
      previousState: eventState(before),
      state: eventState(alarm.state),
    },
  });

interface ConfigurationChange {
  operation: 'create' | 'update' | 'delete';
  before?: Alarm | undefined;
}

/** `CloudWatch Alarm Configuration Change`. */
export const emitConfigurationChange = (
  alarm: Alarm,
  { operation, before }: ConfigurationChange,
  call: CloudWatchCall,
): void =>
  call.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm Configuration Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      operation,
      state: { value: alarm.state.value, timestamp: awsDate(alarm.state.updatedAt) },
      configuration: wholeConfiguration(alarm),
      ...(before ? { previousConfiguration: wholeConfiguration(before) } : {}),
    },
  });

/** Every setting of an alarm, in the spelling of events and of history. */
export function wholeConfiguration(alarm: Alarm): Record<string, unknown> {
  const { settings } = alarm;
  return {
    ...(alarm.kind === 'MetricAlarm' ? evaluationOf(alarm) : {}),
    ...eventConfiguration(alarm),
    alarmName: alarm.name,
    actionsEnabled: areActionsEnabled(alarm),
    timestamp: awsDate(alarm.configuredAt),
    okActions: settings.OKActions ?? [],
    alarmActions: settings.AlarmActions ?? [],
    insufficientDataActions: settings.InsufficientDataActions ?? [],
  };
}

const evaluationOf = ({ settings }: MetricAlarm) =>
  withoutAbsent({
    evaluationPeriods: settings.EvaluationPeriods,
    datapointsToAlarm: settings.DatapointsToAlarm,
    threshold: settings.Threshold,
    thresholdMetricId: settings.ThresholdMetricId,
    comparisonOperator: settings.ComparisonOperator,
    treatMissingData: settings.TreatMissingData,
    evaluateLowSampleCountPercentile: settings.EvaluateLowSampleCountPercentile,
  });
