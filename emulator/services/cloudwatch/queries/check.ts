import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { missingParameter, notEmulated, validationError } from '../errors';
import { isPeriod } from '../metrics/grid';
import { checkDimensions, units } from '../metrics/names';
import { readStatistic } from '../metrics/statistic';

const idPattern = /^[a-z][a-zA-Z0-9_]*$/;

/** Checks the members of queries; `parameter` is AWS's name of the list, `MetricDataQueries`. */
export function checkQueries(queries: readonly MetricDataQuery[], parameter: string): void {
  if (queries.length > 500)
    throw validationError(`The collection ${parameter} must not have a size greater than 500.`);
  const ids = queries.map(({ Id }) => Id);
  if (new Set(ids).size < ids.length)
    throw validationError(`The values for parameter id in ${parameter} are not unique.`);
  queries.forEach((query, index) => checkQuery(query, `${parameter}.member.${index + 1}`));
}

function checkQuery({ Id: id = '', ...query }: MetricDataQuery, member: string): void {
  if (!idPattern.test(id))
    throw validationError(
      `The value ${id} for parameter ${member}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  if (query.AccountId !== undefined)
    throw notEmulated('Metrics of linked accounts (AccountId) are');
  checkKind(query, member);
  if (/^\s*SELECT\s/i.test(query.Expression ?? ''))
    throw notEmulated('Metrics Insights queries (SELECT) are');
  if (query.MetricStat) checkMetricStat(query.MetricStat, `${member}.MetricStat`);
}

function checkKind(query: Omit<MetricDataQuery, 'Id'>, member: string): void {
  if (query.Expression === undefined && query.MetricStat === undefined)
    throw validationError(
      `Either ${member}.Expression or ${member}.MetricStat must be specified.`, // text unverified
    );
  if (!query.MetricStat) return;
  for (const other of ['Expression', 'Period'] as const)
    if (query[other] !== undefined)
      throw validationError(
        `The parameters ${member}.${other} and ${member}.MetricStat are mutually exclusive and you have specified both.`,
      );
}

function checkMetricStat({ Metric = {}, Period, Stat, Unit }: MetricStat, member: string): void {
  const { MetricName, Namespace, Dimensions = [] } = Metric;
  if (!MetricName) throw missingParameter(`${member}.Metric.MetricName`);
  if (!Namespace) throw missingParameter(`${member}.Metric.Namespace`);
  checkDimensions(Dimensions, `${member}.Metric.Dimensions`);
  if (Unit !== undefined && !units.includes(Unit))
    throw validationError(`The value ${Unit} for parameter ${member}.Unit is not a valid unit.`); // text unverified
  checkStatAndPeriod(Stat, Period, member);
}

function checkStatAndPeriod(
  Stat: string | undefined,
  Period: number | undefined,
  member: string,
): void {
  if (!Stat) throw missingParameter(`${member}.Stat`);
  if (!readStatistic(Stat))
    throw validationError(
      `The value ${Stat} for parameter ${member}.Stat is not a valid statistic.`,
    );
  if (Period === undefined) throw missingParameter(`${member}.Period`);
  if (!isPeriod(Period))
    throw validationError(
      `The value ${Period} for parameter ${member}.Period is invalid.`, // text unverified
    );
}
