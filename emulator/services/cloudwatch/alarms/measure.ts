import { excludedBy } from '../anomaly/find';
import { floorTo } from '../metrics/series';
import { Evaluation } from '../queries/evaluate';
import type { TimeSeries } from '../queries/time-series';
import type { CloudWatchState } from '../state';
import type { MetricAlarm } from './alarm';
import { comparisons, type Limits } from './comparison';
import type { Point } from './decide';
import { hasFewSamples } from './low-samples';
import { type Subject, subjectOf } from './subject';

/** Periods beyond N that AWS looks back, so that late data still counts. */
const lookedBack = 2;

/** What was found in one period. */
export interface Measured extends Point {
  samples?: number;
  limits: Limits;
}

/** What an alarm sees at a moment: the periods of its evaluation range, the oldest first. */
export interface Sight {
  subject: Subject;
  points: Measured[];
  /** An alarm of a percentile that is to ignore few samples has seen few. */
  isVague: boolean;
}

/** How often an alarm is evaluated, in milliseconds: each minute, or each period when that is less. */
export const stepOf = ({ settings }: MetricAlarm, { period }: Subject): number =>
  settings.EvaluationWindow?.WallClockWindow ? period * 1000 : Math.min(period, 60) * 1000;

/** Milliseconds that an alarm looks back. */
export const rangeOf = ({ period, rule }: Subject): number =>
  (rule.evaluated + lookedBack) * period * 1000;

/** Looks at the periods that have ended by a moment. They slide: the last one ends just then. */
export function look(alarm: MetricAlarm, state: CloudWatchState, now: number): Sight {
  const subject = subjectOf(alarm.settings);
  const end = floorTo(now, stepOf(alarm, subject));
  const start = end - rangeOf(subject);
  const evaluation = new Evaluation(subject.queries, {
    metrics: state.metrics,
    gridFor: (period) => ({ start, end, period: period * 1000 }),
    now: end - 1,
    excluded: excludedBy(state),
  });
  const [series] = evaluation.seriesOf(subject.watchedId);
  const band = subject.bandId === undefined ? [] : evaluation.seriesOf(subject.bandId);
  const points: Measured[] = [];
  for (let at = start; at < end; at += subject.period * 1000)
    points.push(measured(at, { series, band, alarm }));
  return { subject, points, isVague: hasFewSamples(alarm.settings, points) };
}

interface Found {
  series: TimeSeries | undefined;
  band: TimeSeries[];
  alarm: MetricAlarm;
}

function measured(at: number, { series, band, alarm }: Found): Measured {
  const { ComparisonOperator = '' } = alarm.settings;
  const limits = limitsAt(at, { band, alarm });
  const value = series?.points.get(at);
  const isComparable = Object.values(limits).some((limit) => limit !== undefined);
  if (value === undefined || !isComparable) return { at, limits };
  const isBreaching = comparisons[ComparisonOperator]?.isBreaching(value, limits) === true;
  return { at, limits, value, isBreaching, ...samplesAt(at, series) };
}

function samplesAt(at: number, series: TimeSeries | undefined): Pick<Measured, 'samples'> {
  const samples = series?.samples?.get(at);
  return samples === undefined ? {} : { samples };
}

function limitsAt(at: number, { band, alarm }: Omit<Found, 'series'>): Limits {
  const { Threshold: threshold, ThresholdMetricId } = alarm.settings;
  if (ThresholdMetricId === undefined) return { threshold };
  const [upper, lower] = band;
  return { upper: upper?.points.get(at), lower: lower?.points.get(at) };
}
