import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { MetricAlarm } from './alarm';
import { comparisons } from './comparison';
import type { Decision } from './decide';
import type { Measured } from './measure';
import { subjectOf } from './subject';
import { awsDate, javaNumber, shortDate } from './text';

/** Periods that a reason shows one by one. */
const mostShown = 5;

export interface Reasoned {
  alarm: MetricAlarm;
  decision: Decision<Measured>;
  state: StateValue;
}

/** Why a metric alarm is in a state, in AWS's words. */
export function reasonOf({ alarm, decision, state }: Reasoned): string {
  const { EvaluationPeriods: evaluated = 1 } = alarm.settings;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${counted(evaluated, 'datapoint')} ${were(evaluated)} unknown.`;
  const { points, filled } = decision;
  if (points.length === 0)
    return `Threshold Crossed: no datapoints were received for ${counted(evaluated, 'period')} and ${treated(alarm, filled)}.`;
  return `${crossed({ alarm, decision, state })}.`;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

const were = (count: number): string => (count === 1 ? 'was' : 'were');

const treated = ({ settings }: MetricAlarm, filled: number): string => {
  const how = settings.TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  return `${filled} missing ${filled === 1 ? 'datapoint was' : 'datapoints were'} treated as [${how}]`;
};

function crossed({ alarm, decision, state }: Reasoned): string {
  const { settings } = alarm;
  const telling = tellingPoints(decision.points, state);
  const isMany = telling.length > mostShown;
  const list = telling
    .slice(0, mostShown)
    .map(({ at, value = 0 }) => `${javaNumber(value)} (${shortDate(at)})`)
    .join(', ');
  const subject = subjectText(alarm, telling.length);
  const thresholds = settings.ThresholdMetricId === undefined ? 'Threshold' : 'Thresholds';
  const shown = isMany ? subject : `${subject} [${list}]`;
  const not = state === 'ALARM' ? '' : 'not ';
  const missing = decision.filled > 0 ? ` and ${treated(alarm, decision.filled)}` : '';
  const latest = isMany
    ? `. The most recent datapoints which crossed the threshold: [${list}]`
    : '';
  return `${thresholds} Crossed: ${shown} ${were(telling.length)} ${not}${limitText(alarm, telling)}${missing}${minimum(alarm, state)}${latest}`;
}

/** The points that speak for the state, or all when none does (an alarm retained its state). */
function tellingPoints(points: Measured[], state: StateValue): Measured[] {
  const telling = points.filter(({ isBreaching }) => isBreaching === (state === 'ALARM'));
  return telling.length > 0 ? telling : points;
}

function subjectText({ settings }: MetricAlarm, count: number): string {
  if (settings.DatapointsToAlarm === undefined) return counted(count, 'datapoint');
  return `${count} out of the last ${settings.EvaluationPeriods} datapoints`;
}

function limitText({ settings }: MetricAlarm, points: Measured[]): string {
  const { ComparisonOperator: operator = '', Threshold: threshold = 0 } = settings;
  const text = comparisons[operator]?.text ?? '';
  if (settings.ThresholdMetricId === undefined) return `${text} (${javaNumber(threshold)})`;
  const edges = (edge: 'upper' | 'lower') =>
    `[${points.map(({ limits }) => javaNumber(limits[edge] ?? 0)).join(', ')}]`;
  if (operator === 'GreaterThanUpperThreshold') return `${text} ${edges('upper')}`;
  const lower = `${text} ${edges('lower')}`;
  return operator === 'LessThanLowerThreshold'
    ? lower
    : `${lower} or greater than the upper thresholds ${edges('upper')}`;
}

/** AWS adds how many it takes where the alarm says M. */
function minimum({ settings }: MetricAlarm, state: StateValue): string {
  const { DatapointsToAlarm: toAlarm, EvaluationPeriods: evaluated = 1 } = settings;
  if (toAlarm === undefined) return '';
  const count = state === 'ALARM' ? toAlarm : evaluated - toAlarm + 1;
  const way = state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK';
  return ` (minimum ${counted(count, 'datapoint')} for ${way} transition)`;
}

/** StateReasonData of a metric alarm, a JSON text. */
export function reasonDataOf(
  { alarm, decision }: Reasoned,
  { range, now }: { range: Measured[]; now: number },
): string {
  const { Unit, Statistic, ExtendedStatistic, EvaluationPeriods = 1 } = alarm.settings;
  const recent = decision.points.toReversed();
  return JSON.stringify({
    version: '1.0',
    queryDate: awsDate(now),
    startDate: recent[0] && awsDate(recent[0].at),
    unit: Unit,
    statistic: Statistic ?? ExtendedStatistic,
    period: subjectOf(alarm.settings).period,
    recentDatapoints: recent.map(({ value }) => value),
    ...recentLimits(alarm, recent),
    evaluatedDatapoints: range
      .slice(-EvaluationPeriods)
      .toReversed()
      .map(({ at, samples, value }) => ({ timestamp: awsDate(at), sampleCount: samples, value })),
  });
}

const recentLimits = ({ settings }: MetricAlarm, recent: Measured[]) =>
  settings.ThresholdMetricId === undefined
    ? { threshold: settings.Threshold }
    : {
        recentLowerThresholds: recent.map(({ limits }) => limits.lower),
        recentUpperThresholds: recent.map(({ limits }) => limits.upper),
      };
