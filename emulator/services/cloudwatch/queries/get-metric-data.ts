import type { GetMetricDataInput, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { notEmulated, missingParameter, validationError } from '../errors';
import { gridOf } from '../metrics/grid';
import { invalidToken } from '../metrics/list-metrics';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { checkQueries } from './check';
import { fetchStatistic } from './fetch';
import { pageOfResults } from './result-pages';
import type { TimeSeries } from './time-series';

const mostPoints = 100_800;

export const getMetricData = {
  GetMetricData(input, call) {
    checkInput(input);
    const { MaxDatapoints: max = mostPoints, NextToken: token } = input;
    const results = resultsOf(input, call);
    const { page, next } = pageOfResults(results, token, { max, invalid: invalidToken });
    return {
      MetricDataResults: page,
      Messages: [],
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies CloudWatchHandlers;

function checkInput({ StartTime, EndTime, MetricDataQueries, ...input }: GetMetricDataInput): void {
  if (!StartTime) throw missingParameter('StartTime');
  if (!EndTime) throw missingParameter('EndTime');
  if (!MetricDataQueries) throw missingParameter('MetricDataQueries');
  checkQueries(MetricDataQueries, 'MetricDataQueries');
  if (StartTime >= EndTime)
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  const { MaxDatapoints: max = mostPoints } = input;
  if (max < 1 || max > mostPoints)
    throw validationError(`The value ${max} for parameter MaxDatapoints is invalid.`); // text unverified
}

function resultsOf(input: GetMetricDataInput, { state, now }: CloudWatchCall): MetricDataResult[] {
  const { StartTime: start, EndTime: end, MetricDataQueries: queries = [] } = input;
  if (!start || !end) return [];
  const moment = now().getTime();
  const question = {
    metrics: state.metrics,
    gridFor: (period: number) => gridOf({ start, end }, period, moment),
    now: moment,
  };
  return queries.flatMap(({ Id, MetricStat, Label, ReturnData = true }) => {
    if (!MetricStat) throw notEmulated('Metric math is');
    if (!ReturnData) return [];
    return [shown({ Id, Label }, fetchStatistic(MetricStat, question), input.ScanBy)];
  });
}

function shown(
  { Id, Label }: Pick<MetricDataResult, 'Id' | 'Label'>,
  series: TimeSeries,
  scanBy: GetMetricDataInput['ScanBy'],
): MetricDataResult {
  const points = [...series.points];
  if (scanBy !== 'TimestampAscending') points.reverse();
  return {
    Id,
    Label: Label ?? series.label,
    Timestamps: points.map(([at]) => new Date(at)),
    Values: points.map(([, value]) => value),
    StatusCode: 'Complete',
    ...(series.units ? { Messages: [multipleUnits(series.units)] } : {}),
  };
}

const multipleUnits = (units: string[]) => ({
  Code: 'MultipleUnits',
  Value: `Multiple units returned: '[${units.join(', ')}]'`,
});
