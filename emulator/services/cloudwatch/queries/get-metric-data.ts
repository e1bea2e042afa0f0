import {
  type GetMetricDataInput,
  type MetricDataQuery,
  type MetricDataResult,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { excludedBy } from '../anomaly/find';
import { checkOneOf, missingParameter, validationError } from '../errors';
import { gridOf } from '../metrics/grid';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { invalidToken } from '../tokens';
import { checkQueries } from './check';
import { Evaluation } from './evaluate';
import { defaultLabels, dynamicLabel, zoneOf } from './labels';
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
  checkRange(StartTime, EndTime);
  checkOneOf(input.ScanBy, 'scanBy', ScanBy);
  const { MaxDatapoints: max = mostPoints } = input;
  if (max < 1 || max > mostPoints)
    throw validationError(`The value ${max} for parameter MaxDatapoints is invalid.`); // text unverified
}

function checkRange(start: Date, end: Date): void {
  if (start > end) throw validationError('The parameter EndTime must be greater than StartTime.');
  if (start.getTime() === end.getTime())
    throw validationError('The parameter StartTime must not equal parameter EndTime.');
}

function resultsOf(input: GetMetricDataInput, call: CloudWatchCall): MetricDataResult[] {
  const { StartTime: start, EndTime: end, MetricDataQueries: queries = [] } = input;
  if (!start || !end) return [];
  const now = call.now().getTime();
  const evaluation = new Evaluation(queries, {
    metrics: call.state.metrics,
    gridFor: (period: number) => gridOf({ start, end }, period, now),
    now,
    excluded: excludedBy(call.state),
  });
  const returned = queries.filter(({ ReturnData = true }) => ReturnData);
  const labels = defaultLabels(returned);
  return returned.flatMap((query) => {
    const { Id = '' } = query;
    const fallback = labels.get(Id) ?? Id;
    const all = evaluation.seriesOf(Id);
    return all.map((series) =>
      shown(
        { query, series, fallback: all.length > 1 ? (series.label ?? fallback) : fallback },
        input,
      ),
    );
  });
}

interface Found {
  query: MetricDataQuery;
  series: TimeSeries;
  /** Its label when the query has none: of one series of an array, what that came from. */
  fallback: string;
}

function shown({ query, series, fallback }: Found, input: GetMetricDataInput): MetricDataResult {
  const zone = zoneOf(input.LabelOptions?.Timezone);
  if (zone === undefined)
    throw validationError(
      `The value ${input.LabelOptions?.Timezone} for parameter LabelOptions.Timezone is invalid.`, // text unverified
    );
  const points = [...series.points];
  if (input.ScanBy !== 'TimestampAscending') points.reverse();
  return {
    Id: query.Id,
    Label: dynamicLabel(query.Label ?? fallback, { fallback, series, query, zone }),
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
