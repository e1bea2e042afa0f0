import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { TimeSeries } from './time-series';
import { table } from '../../../table';

type Shown = MetricDataQuery & { Id: string };

/**
 * Labels of queries that have none: of a metric its name, with statistic or period behind it
 * when other metrics of the request differ in it; of an expression its id.
 */
export function defaultLabels(queries: readonly MetricDataQuery[]): Map<string, string> {
  const stats = queries.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat] : []));
  const differs = (values: unknown[]) =>
    new Set(values.map((value) => JSON.stringify(value))).size > 1;
  const byStatistic = differs(stats.map(({ Stat }) => Stat));
  const byPeriod = differs(stats.map(({ Period }) => Period));
  const byDimensions =
    !differs(stats.map(({ Metric }) => Metric?.MetricName)) &&
    differs(stats.map(({ Metric }) => Metric?.Dimensions));
  const labelOf = ({ Id, MetricStat }: Shown): string => {
    if (!MetricStat) return Id;
    const { Metric, Stat, Period } = MetricStat;
    const values = byDimensions ? (Metric?.Dimensions ?? []).map(({ Value }) => Value) : [];
    return [
      ...values,
      Metric?.MetricName,
      ...(byStatistic ? [Stat] : []),
      ...(byPeriod ? [Period] : []),
    ].join(' ');
  };
  return new Map(
    queries.map((query) => [query.Id ?? '', labelOf({ ...query, Id: query.Id ?? '' })]),
  );
}

interface LabelContext {
  fallback: string;
  series: TimeSeries;
  query: MetricDataQuery;
  /** Minutes ahead of UTC. */
  zone: number;
}

/** A label with what stands in `${…}` put in: `${LAST}`, `${MAX_TIME}`, `${PROP('Stat')}`. */
export const dynamicLabel = (label: string, context: LabelContext): string =>
  label.replaceAll(/\$\{([A-Z_]+)(?:\('([^']*)'\))?\}/g, (written, word: string, name?: string) =>
    name === undefined
      ? (ofSeries(word, context) ?? written)
      : (propertyOf(name, context) ?? written),
  );

type Measure = (points: [number, number][]) => [at: number, value: number] | undefined;

const extreme =
  (isBetter: (value: number, than: number) => boolean): Measure =>
  (points) =>
    points.reduce<[number, number] | undefined>(
      (best, point) => (best && !isBetter(point[1], best[1]) ? best : point),
      undefined,
    );

const measures: Record<string, Measure> = table({
  MAX: extreme((value, than) => value > than),
  MIN: extreme((value, than) => value < than),
  FIRST: (points) => points[0],
  LAST: (points) => points.at(-1),
});

const totals: Record<string, (values: number[]) => number> = table({
  DATAPOINT_COUNT: (values) => values.length,
  SUM: sumOf,
  AVG: (values) => sumOf(values) / values.length,
});

function ofSeries(word: string, { fallback, series, zone }: LabelContext): string | undefined {
  if (word === 'LABEL') return fallback;
  const total = totals[word];
  if (total) return shown(total([...series.points.values()]));
  const point = measures[word.replace(/_TIME$/, '')]?.([...series.points]);
  if (!point) return undefined;
  return word.endsWith('_TIME')
    ? new Date(point[0] + zone * 60_000).toISOString().slice(0, 19)
    : shown(point[1]);
}

function sumOf(values: number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

const shown = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toFixed(3))) : '--';

function propertyOf(name: string, { query: { MetricStat } }: LabelContext): string | undefined {
  if (!MetricStat) return undefined;
  const { Metric = {}, Stat, Period } = MetricStat;
  const dimensions = (Metric.Dimensions ?? []).map(({ Name, Value }) => [`Dim.${Name}`, Value]);
  const properties: Record<string, string | undefined> = {
    ...(Object.fromEntries(dimensions) as Record<string, string>),
    MetricName: Metric.MetricName,
    Namespace: Metric.Namespace,
    Stat,
    Period: String(Period),
  };
  return properties[name];
}

/** Minutes that `+0130` is ahead of UTC. */
export function zoneOf(timezone = '+0000'): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})$/.exec(timezone) ?? [];
  if (hours === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
