import type {
  Datapoint,
  GetMetricStatisticsInput,
  StandardUnit,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import { invalidCombination, invalidValue, missingParameter, notInSet } from '../errors';
import type { CloudWatchHandlers } from '../state';
import type { Aggregate } from './aggregate';
import { gridOf, isPeriod } from './grid';
import { checkUnit } from './names';
import { type Grid, pointsOf, unitsIn } from './points';
import { readStatistic, simpleStatistics } from './statistic';
import { metricKey } from './stored-metric';

const mostPoints = 1440;

/** In the order in which AWS prints them. */
const printedStatistics = ['Sum', 'Maximum', 'Minimum', 'SampleCount', 'Average'];

export const getMetricStatistics = {
  GetMetricStatistics(input, { state, now }) {
    const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions = [] } = input;
    const { start, end, period } = checkRange(input);
    checkStatistics(input);
    const moment = now().getTime();
    const grid = gridOf({ start, end }, period, moment);
    const metric = state.metrics.get(metricKey({ namespace, name, dimensions }));
    const units = metric ? unitsIn(metric, { grid, now: moment }) : [];
    const points = units
      .filter((unit) => input.Unit === undefined || unit === input.Unit)
      .flatMap((unit) =>
        [...(metric ? pointsOf(metric, { unit, grid, now: moment, values: 'counted' }) : [])].map(
          ([at, aggregate]) => datapoint({ at, unit, aggregate }, input),
        ),
      );
    return { Label: name, Datapoints: points };
  },
} satisfies CloudWatchHandlers;

function datapoint(
  { at, unit, aggregate }: { at: number; unit: string; aggregate: Aggregate },
  { Statistics = [], ExtendedStatistics = [] }: GetMetricStatisticsInput,
): Datapoint {
  const measured = (names: readonly string[]): Record<string, number> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = readStatistic(name)?.(aggregate);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return {
    Timestamp: new Date(at),
    ...measured(Statistics),
    Unit: unit as StandardUnit,
    ...(ExtendedStatistics.length > 0 ? { ExtendedStatistics: measured(ExtendedStatistics) } : {}),
  };
}

function checkRange(input: GetMetricStatisticsInput): { start: Date; end: Date; period: number } {
  const { StartTime: start, EndTime: end, Period: period } = input;
  if (!input.Namespace) throw missingParameter('Namespace');
  if (!input.MetricName) throw missingParameter('MetricName');
  if (!start) throw missingParameter('StartTime');
  if (!end) throw missingParameter('EndTime');
  if (period === undefined) throw missingParameter('Period');
  if (start >= end)
    throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
  checkPeriod(period);
  checkUnit(input.Unit, 'Unit');
  checkSize({ start: start.getTime(), end: end.getTime(), period: period * 1000 });
  return { start, end, period };
}

function checkPeriod(period: number): void {
  if (!isPeriod(period))
    throw invalidValue(
      `The parameter Period must be greater than or equal to 60 and a multiple of 60, or one of 1, 5, 10, 20 and 30.`, // text unverified
    );
}

function checkSize({ start, end, period }: Grid): void {
  const asked = Math.ceil((end - start) / period);
  if (asked > mostPoints)
    throw invalidCombination(
      `You have requested up to ${asked} datapoints, which exceeds the limit of ${mostPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
}

function checkStatistics({ Statistics, ExtendedStatistics }: GetMetricStatisticsInput): void {
  if (!Statistics && !ExtendedStatistics)
    throw invalidCombination('Must specify either Statistics or ExtendedStatistics');
  if (Statistics && ExtendedStatistics)
    throw invalidCombination(
      'The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.', // text unverified
    );
  checkSimple(Statistics);
  checkExtended(ExtendedStatistics);
}

function checkSimple(names: readonly Statistic[] = []): void {
  const wrong = names.findIndex((name) => !simpleStatistics.includes(name));
  if (wrong >= 0) throw notInSet(`Statistics.member.${wrong + 1}`, printedStatistics);
}

function checkExtended(names: readonly string[] = []): void {
  const unknown = names.findIndex((name) => !readStatistic(name));
  if (unknown >= 0)
    throw invalidValue(
      `The value ${names[unknown]} for parameter ExtendedStatistics.member.${unknown + 1} is not supported.`,
    );
}
