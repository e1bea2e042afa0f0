import {
  ComparisonOperator,
  type MetricDataQuery,
  type PutMetricAlarmInput,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import { checkActions } from '../actions/check';
import {
  checkOneOf,
  invalidValue,
  missingParameter,
  notEmulated,
  validationError,
} from '../errors';
import { isPeriod } from '../metrics/grid';
import { checkDimensions, units } from '../metrics/names';
import { readStatistic } from '../metrics/statistic';
import { checkQueries } from '../queries/check';
import { subjectOf } from './subject';

const day = 86_400;

/** Throws AWS's error for settings that no metric alarm can have. */
export function checkMetricAlarm(settings: PutMetricAlarmInput): void {
  checkUnsupported(settings);
  checkName(settings.AlarmName);
  checkActions(settings, 'MetricAlarm');
  if (settings.Metrics) checkMetrics(settings);
  else checkOneMetric(settings);
  checkComparison(settings);
  checkPeriods(settings);
  checkMissing(settings);
}

/** What AWS's newer alarms can and these cannot. */
function checkUnsupported(settings: PutMetricAlarmInput): void {
  const refused = (
    [
      'EvaluationCriteria',
      'EvaluationInterval',
      'WarmUpConfiguration',
      'ActionConfiguration',
    ] as const
  ).find((name) => settings[name] !== undefined);
  if (refused === 'EvaluationCriteria') throw notEmulated('PromQL alarms (EvaluationCriteria) are');
  if (refused) throw notEmulated(`${refused} of alarms is`);
  const zone = settings.EvaluationWindow?.WallClockWindow?.Timezone ?? 'UTC';
  if (zone !== 'UTC') throw notEmulated('A Timezone of a WallClockWindow is');
}

/** The name of any alarm. */
export function checkName(name: string | undefined): asserts name is string {
  if (!name) throw missingParameter('AlarmName');
  if (name.length > 255)
    throw validationError(
      `1 validation error detected: Value '${name}' at 'alarmName' failed to satisfy constraint: Member must have length less than or equal to 255`,
    );
  // oxlint-disable-next-line no-control-regex -- AWS refuses just these.
  if (/[\x00-\x1f\x7f]/.test(name))
    throw validationError(`The value ${name} for parameter AlarmName is invalid.`); // text unverified
}

const ofOneMetric = [
  'MetricName',
  'Namespace',
  'Dimensions',
  'Period',
  'Unit',
  'Statistic',
  'ExtendedStatistic',
] as const;

function checkMetrics(settings: PutMetricAlarmInput): void {
  const { Metrics = [], ThresholdMetricId: bandId } = settings;
  const other = ofOneMetric.find((name) => settings[name] !== undefined);
  if (other) throw validationError(`${other} should not be set if list of Metrics is set.`);
  if (Metrics.length > 20)
    throw validationError('The collection Metrics must not have a size greater than 20.'); // text unverified
  checkQueries(Metrics, 'Metrics');
  checkReturned(Metrics, bandId);
}

function checkReturned(queries: readonly MetricDataQuery[], bandId: string | undefined): void {
  const returned = queries.filter(({ ReturnData = true }) => ReturnData);
  if (bandId === undefined && returned.length !== 1)
    throw validationError('Exactly one element of the metrics list should return data.');
  if (bandId === undefined) return;
  if (returned.length !== 2)
    throw validationError('Exactly two elements of the metrics list should return data.');
  if (!returned.some(({ Id }) => Id === bandId))
    throw validationError(`ThresholdMetricId ${bandId} does not match any Id in the metrics list.`); // text unverified
}

function checkOneMetric(settings: PutMetricAlarmInput): void {
  const { MetricName, Namespace, Dimensions = [], Unit } = settings;
  if (!MetricName) throw validationError('MetricName must not be null');
  if (!Namespace) throw missingParameter('Namespace');
  checkPeriod(settings.Period);
  checkDimensions(Dimensions, 'Dimensions');
  checkOneOf(Unit, 'unit', units);
  checkStatistic(settings);
}

function checkPeriod(period: number | undefined): void {
  if (period === undefined) throw missingParameter('Period');
  if (period < 10 || !isPeriod(period))
    throw validationError('Period must be 10, 20, 30 or a multiple of 60'); // text unverified
}

function checkStatistic({
  Statistic: simple,
  ExtendedStatistic: extended,
}: PutMetricAlarmInput): void {
  if ((simple === undefined) === (extended === undefined))
    throw validationError('Exactly one of Statistic and ExtendedStatistic must be specified.'); // text unverified
  checkOneOf(simple, 'statistic', Statistic);
  if (extended !== undefined && !readStatistic(extended))
    throw invalidValue(`The value ${extended} for parameter ExtendedStatistic is not supported.`);
}

function checkComparison(settings: PutMetricAlarmInput): void {
  const { ComparisonOperator: operator } = settings;
  if (!operator) throw missingParameter('ComparisonOperator');
  checkOneOf(operator, 'comparisonOperator', ComparisonOperator);
  if (/Upper|Lower/.test(operator)) checkBand(settings);
  else checkThreshold(settings);
}

function checkBand({
  ThresholdMetricId,
  Threshold,
  ComparisonOperator,
}: PutMetricAlarmInput): void {
  if (ThresholdMetricId === undefined)
    throw validationError(
      `ThresholdMetricId must be set for ComparisonOperator ${ComparisonOperator}.`, // text unverified
    );
  if (Threshold !== undefined)
    throw validationError('Threshold and ThresholdMetricId cannot both be set');
}

function checkThreshold(settings: PutMetricAlarmInput): void {
  if (settings.ThresholdMetricId !== undefined)
    throw validationError(
      `ComparisonOperator ${settings.ComparisonOperator} does not support ThresholdMetricId.`, // text unverified
    );
  if (settings.Threshold === undefined) throw missingParameter('Threshold');
}

function checkPeriods(settings: PutMetricAlarmInput): void {
  const { EvaluationPeriods: evaluated, DatapointsToAlarm: toAlarm } = settings;
  if (evaluated === undefined) throw missingParameter('EvaluationPeriods');
  if (evaluated < 1)
    throw invalidValue(`The value ${evaluated} for parameter EvaluationPeriods is invalid.`);
  if (toAlarm !== undefined && (toAlarm < 1 || toAlarm > evaluated))
    throw validationError(
      'DatapointsToAlarm must be greater than zero and not exceed EvaluationPeriods.', // text unverified
    );
  checkRange(subjectOf(settings).period, evaluated);
}

function checkRange(period: number, evaluated: number): void {
  if (period < 3600 && period * evaluated > day)
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for alarms using period < 3600',
    );
  if (period * evaluated > 7 * day)
    throw validationError(
      'Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600',
    );
}

const missingData = ['breaching', 'notBreaching', 'ignore', 'missing'];

function checkMissing(settings: PutMetricAlarmInput): void {
  const { TreatMissingData: missing, EvaluateLowSampleCountPercentile: few } = settings;
  if (missing !== undefined && !missingData.includes(missing))
    throw validationError(
      `Option ${missing} is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore and missing.`, // text unverified
    );
  if (few === undefined) return;
  if (few !== 'evaluate' && few !== 'ignore')
    throw validationError(
      `Option ${few} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
    );
}
