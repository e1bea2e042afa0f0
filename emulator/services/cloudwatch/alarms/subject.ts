import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { namesIn, parseMath } from '../math/parse';
import { metricKey } from '../metrics/stored-metric';
import type { Rule } from './decide';

/** What an alarm looks at, in one form whether it names a metric or an expression. */
export interface Subject {
  queries: MetricDataQuery[];
  /** Id of the query that is compared. */
  watchedId: string;
  /** Id of the band that it is compared with, of an anomaly alarm. */
  bandId: string | undefined;
  /** Seconds. */
  period: number;
  rule: Rule;
}

export function subjectOf(settings: PutMetricAlarmInput): Subject {
  const queries = settings.Metrics ?? [ofOneMetric(settings)];
  const { ThresholdMetricId: bandId, EvaluationPeriods: evaluated = 1 } = settings;
  const returned = queries.filter(({ Id, ReturnData = true }) => ReturnData && Id !== bandId);
  const periods = queries.flatMap(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? []);
  return {
    queries,
    watchedId: returned[0]?.Id ?? '',
    bandId,
    period: Math.max(...periods),
    rule: {
      evaluated,
      toAlarm: settings.DatapointsToAlarm ?? evaluated,
      missing: missingOf(settings, queries),
    },
  };
}

function ofOneMetric(settings: PutMetricAlarmInput): MetricDataQuery {
  const { Namespace, MetricName, Dimensions = [], Period, Unit } = settings;
  return {
    Id: 'm1',
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions },
      Period,
      Stat: settings.Statistic ?? settings.ExtendedStatistic,
      ...(Unit === undefined ? {} : { Unit }),
    },
  };
}

/** Of DynamoDB's metrics AWS always ignores what is missing. */
function missingOf(settings: PutMetricAlarmInput, queries: MetricDataQuery[]): Rule['missing'] {
  const isOfDynamo = queries.some(
    ({ MetricStat }) => MetricStat?.Metric?.Namespace === 'AWS/DynamoDB',
  );
  return isOfDynamo ? 'ignore' : ((settings.TreatMissingData ?? 'missing') as Rule['missing']);
}

/** Keys of the metrics that queries read. */
export const watchedMetrics = (queries: readonly MetricDataQuery[]): string[] =>
  queries.flatMap(({ MetricStat }) => {
    if (!MetricStat) return [];
    const {
      Namespace: namespace = '',
      MetricName: name = '',
      Dimensions,
    } = MetricStat.Metric ?? {};
    return [metricKey({ namespace, name, dimensions: Dimensions ?? [] })];
  });

/** The metric query that an anomaly alarm's band is made of, when the band is of a metric itself. */
export function bandedQuery({ queries, bandId }: Subject): MetricDataQuery | undefined {
  const expression = queries.find(({ Id }) => Id === bandId)?.Expression;
  const names = expression === undefined ? [] : namesIn(parseMath(expression));
  return queries.find(({ Id, MetricStat }) => MetricStat && names.includes(Id ?? ''));
}
