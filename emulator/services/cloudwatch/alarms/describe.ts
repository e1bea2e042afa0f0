import {
  AlarmType,
  type CompositeAlarm as ShownComposite,
  type DescribeAlarmsForMetricInput,
  type DescribeAlarmsInput,
  type MetricAlarm as ShownMetric,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';
import { childrenOf, parentsOf } from '../composite/propagate';
import { checkEachOf, checkOneOf, checkRange, missingParameter, validationError } from '../errors';
import { units } from '../metrics/names';
import { metricKey } from '../metrics/stored-metric';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { invalidToken } from '../tokens';
import {
  actionsFor,
  type Alarm,
  areActionsEnabled,
  type CompositeAlarm,
  type MetricAlarm,
  stateValues,
} from './alarm';

export const alarmDescriptions = {
  DescribeAlarms(input, call) {
    const { MaxRecords: max = 50, NextToken } = input;
    checkRange(max, 'maxRecords', [1, 100]);
    const { page, next } = paginate(found(input, call), NextToken, { max, invalid: invalidToken });
    const isShort = input.ChildrenOfAlarmName ?? input.ParentsOfAlarmName;
    const metric = page.filter((alarm) => alarm.kind === 'MetricAlarm').map(showMetric);
    const composite = page.filter((alarm) => alarm.kind === 'CompositeAlarm').map(showComposite);
    return {
      MetricAlarms: isShort ? metric.map(brief) : metric,
      CompositeAlarms: isShort ? composite.map(brief) : composite,
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },

  DescribeAlarmsForMetric(input, { state }) {
    if (!input.MetricName) throw missingParameter('MetricName');
    if (!input.Namespace) throw missingParameter('Namespace');
    checkOneOf(input.Statistic, 'statistic', Statistic);
    checkOneOf(input.Unit, 'unit', units);
    const alarms = [...state.alarms.values()]
      .filter((alarm) => alarm.kind === 'MetricAlarm')
      .filter((alarm) => isOf(alarm, input));
    return { MetricAlarms: alarms.map(showMetric) };
  },
} satisfies CloudWatchHandlers;

/** Without AlarmTypes AWS answers metric alarms only. */
function found(input: DescribeAlarmsInput, { state }: CloudWatchCall): Alarm[] {
  checkFilters(input);
  const { AlarmNames: names, ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = input;
  if (parent !== undefined) return childrenNamed(parent, [...state.alarms.values()]);
  if (child !== undefined) return parentsOf(child, state);
  const types = input.AlarmTypes ?? ['MetricAlarm'];
  return [...state.alarms.values()]
    .filter(({ name, kind }) => (names ? names.includes(name) : true) && types.includes(kind))
    .filter((alarm) => matches(alarm, input))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function childrenNamed(parent: string, alarms: Alarm[]): Alarm[] {
  const above = alarms.find(({ name }) => name === parent);
  const names = above?.kind === 'CompositeAlarm' ? childrenOf(above) : [];
  return alarms.filter(({ name }) => names.includes(name));
}

function checkFilters(input: DescribeAlarmsInput): void {
  checkOneOf(input.StateValue, 'stateValue', stateValues);
  checkEachOf(input.AlarmTypes, 'alarmTypes', AlarmType);
  if (input.AlarmNames && input.AlarmNamePrefix !== undefined)
    throw validationError('AlarmNamePrefix and AlarmNames are mutually exclusive'); // text unverified
  const relation = input.ChildrenOfAlarmName ?? input.ParentsOfAlarmName;
  const others = ['AlarmNames', 'AlarmNamePrefix', 'StateValue', 'ActionPrefix'] as const;
  const other = others.find((name) => input[name] !== undefined);
  if (relation !== undefined && other)
    throw validationError(
      `${other} cannot be used together with ChildrenOfAlarmName or ParentsOfAlarmName`, // text unverified
    );
}

function matches(alarm: Alarm, { AlarmNamePrefix, StateValue, ActionPrefix }: DescribeAlarmsInput) {
  const actions = (['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const).flatMap((value) =>
    actionsFor(alarm, value),
  );
  return (
    alarm.name.startsWith(AlarmNamePrefix ?? '') &&
    (StateValue === undefined || alarm.state.value === StateValue) &&
    (ActionPrefix === undefined || actions.some((arn) => arn.startsWith(ActionPrefix)))
  );
}

function isOf({ settings }: MetricAlarm, input: DescribeAlarmsForMetricInput): boolean {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = input;
  if (settings.MetricName === undefined) return false;
  const own = {
    namespace: settings.Namespace ?? '',
    name: settings.MetricName,
    dimensions: settings.Dimensions ?? [],
  };
  const asked = (['Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const).every(
    (member) => input[member] === undefined || input[member] === settings[member],
  );
  return asked && metricKey(own) === metricKey({ namespace, name, dimensions: Dimensions });
}

/** What AWS tells of the relatives of an alarm. */
const brief = ({ AlarmName, AlarmArn, StateValue, StateUpdatedTimestamp }: ShownMetric) => ({
  AlarmName,
  AlarmArn,
  StateValue,
  StateUpdatedTimestamp,
});

function common(alarm: Alarm) {
  const { state } = alarm;
  return {
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: areActionsEnabled(alarm),
    OKActions: actionsFor(alarm, 'OK'),
    AlarmActions: actionsFor(alarm, 'ALARM'),
    InsufficientDataActions: actionsFor(alarm, 'INSUFFICIENT_DATA'),
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.updatedAt),
    StateTransitionedTimestamp: new Date(state.transitionedAt),
  };
}

const showMetric = (alarm: MetricAlarm): ShownMetric => ({
  ...alarm.settings,
  ...common(alarm),
  ...(alarm.settings.Metrics ? {} : { Dimensions: alarm.settings.Dimensions ?? [] }),
});

const showComposite = (alarm: CompositeAlarm): ShownComposite => ({
  ...alarm.settings,
  ...common(alarm),
  ...(alarm.state.suppression
    ? {
        ActionsSuppressedBy: alarm.state.suppression.by,
        ActionsSuppressedReason: alarm.state.suppression.reason,
      }
    : {}),
});
