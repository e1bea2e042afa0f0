import { isAge, isLevel, levelsHoldFor } from '../metrics/levels';
import { type Series, slotsIn } from '../metrics/series';
import type { StoredMetric } from '../metrics/stored-metric';
import type { CloudWatchCall, CloudWatchState } from '../state';
import type { MetricAlarm } from './alarm';
import { decide, type Decision } from './decide';
import { look, type Measured, rangeOf, type Sight, stepOf } from './measure';
import { reasonDataOf, reasonOf } from './reason';
import { subjectOf } from './subject';
import { changeState } from './transition';

/** Moments that are looked ahead to; with more, the alarm looks again at the last of them. */
const mostAhead = 60;

/** Slots of data in sight that make looking ahead dear. */
const muchData = 30;

const twoHours = 2 * 3600_000;

const timerOf = ({ name }: MetricAlarm): string => `evaluation:${name}`;

/** Payload of the timer of an alarm's next evaluation. */
export interface Due {
  name: string;
}

/** An evaluation is due. */
export function evaluateDue({ name }: Due, call: CloudWatchCall): void {
  const alarm = call.state.alarms.get(name);
  if (alarm?.kind === 'MetricAlarm') evaluateNow(alarm, call);
}

/** Data has come in for some metrics, by key. */
export function dataArrived(keys: ReadonlySet<string>, call: CloudWatchCall): void {
  for (const alarm of call.state.alarms.values())
    if (alarm.kind === 'MetricAlarm' && alarm.watched.some((key) => keys.has(key)))
      evaluateNow(alarm, call, 'data');
}

/** Brings an alarm into the state that the data makes of it now, and finds out when to look again. */
export function evaluateNow(
  alarm: MetricAlarm,
  call: CloudWatchCall,
  because: 'data' | 'settings' = 'settings',
): void {
  const now = call.now().getTime();
  const { decision, sight } = judge(alarm, call.state, now);
  const { state } = decision;
  if (state !== undefined && state !== alarm.state.value) {
    const reasoned = { alarm, decision, state };
    changeState(
      alarm,
      {
        value: state,
        reason: reasonOf(reasoned),
        reasonData: reasonDataOf(reasoned, { range: sight.points, now }),
      },
      call,
    );
  }
  schedule(alarm, call, because);
}

interface Judged {
  decision: Decision<Measured>;
  sight: Sight;
}

function judge(alarm: MetricAlarm, state: CloudWatchState, now: number): Judged {
  const sight = look(alarm, state, now);
  const { state: found, ...decision } = decide(sight.points, sight.subject.rule);
  const isClear = found !== undefined && !sight.isVague;
  return { sight, decision: isClear ? { ...decision, state: found } : decision };
}

/**
 * Sets the one timer of an alarm for the first moment at which the data that is there already
 * makes another state of it; none when there is no such moment, so a settled alarm needs none.
 * With much data in sight looking ahead is dear, and waits until the minute in which data comes in
 * is over.
 */
export function schedule(
  alarm: MetricAlarm,
  call: CloudWatchCall,
  because: 'data' | 'settings' = 'settings',
): void {
  call.timers.cancel(timerOf(alarm));
  const ahead = aheadOf(alarm, call.state, call.now().getTime());
  const isDear = because === 'data' && ahead.changes.length > muchData;
  const at = isDear ? ahead.next : firstChange(alarm, ahead, call.state);
  if (at === undefined) return;
  const payload: Due = { name: alarm.name };
  call.timers.set({ id: timerOf(alarm), name: 'evaluation', at: new Date(at), payload });
}

export const unschedule = (alarm: MetricAlarm, call: CloudWatchCall): void =>
  call.timers.cancel(timerOf(alarm));

interface Ahead {
  /** The next evaluation. */
  next: number;
  /** The first evaluation after a moment. */
  after: (at: number) => number;
  /** Moments at which data begins or ends. */
  changes: number[];
}

function aheadOf(alarm: MetricAlarm, state: CloudWatchState, now: number): Ahead {
  const subject = subjectOf(alarm.settings);
  const step = stepOf(alarm, subject);
  const after = (at: number) => (Math.floor(at / step) + 1) * step;
  const start = now - rangeOf(subject) - subject.period * 1000;
  const changes = changesOf(alarm, state, { start, end: now + twoHours });
  return { next: after(now), after, changes };
}

/** The first evaluation that brings another state, or the last that was looked at. */
function firstChange(alarm: MetricAlarm, ahead: Ahead, state: CloudWatchState): number | undefined {
  const moments = momentsAhead(alarm, ahead);
  const looked = moments.slice(0, mostAhead);
  const due = looked.find((at) => {
    const { state: found } = judge(alarm, state, at).decision;
    return found !== undefined && found !== alarm.state.value;
  });
  return due ?? (moments.length > mostAhead ? looked.at(-1) : undefined);
}

/** The next evaluations at which an alarm can see something else than before, in order. */
function momentsAhead({ settings }: MetricAlarm, { next, after, changes }: Ahead): number[] {
  const subject = subjectOf(settings);
  const [range, period] = [rangeOf(subject), subject.period * 1000];
  const moments = new Set([next]);
  for (const at of changes)
    for (let moment = at; moment <= at + range; moment += period)
      if (after(moment) > next) moments.add(after(moment));
  return [...moments].toSorted((one, other) => one - other);
}

/** Moments at which data of the alarm's metrics begins or ends. */
function changesOf(
  { watched, settings }: MetricAlarm,
  { metrics }: CloudWatchState,
  span: { start: number; end: number },
): number[] {
  const isFine = (subjectOf(settings).period ?? 60) < 60;
  const found = watched.flatMap((key) => metrics.get(key) ?? []);
  return found.flatMap((metric) => [
    ...slotMoments(metric, { ...span, period: isFine ? 1000 : 60_000 }),
    ...levelMoments(metric, span),
  ]);
}

const slotMoments = (
  { series }: StoredMetric,
  { period, ...span }: { start: number; end: number; period: number },
): number[] =>
  [...series.values()].flatMap((each) => [...slotsIn(each, span, period)].map(([at]) => at));

/** A level goes on after its last change, and is gone when it has not changed for too long. */
function levelMoments(metric: StoredMetric, span: { start: number; end: number }): number[] {
  if (!isLevel(metric)) return [];
  return [...metric.series.values()].flatMap((series) => {
    const ends = [series.newest + 60_000, series.newest + levelsHoldFor];
    const moments = isAge(metric) ? [...ends, ...growingMoments(series, span)] : ends;
    return moments.filter((at) => at >= span.start);
  });
}

/** An age is another one each minute. */
function growingMoments(
  { newest, minutes }: Series,
  { start, end }: { start: number; end: number },
): number[] {
  if (!minutes.get(newest)?.last) return [];
  const from = Math.max(newest, Math.floor(start / 60_000) * 60_000);
  const count = Math.max(0, (Math.min(end, newest + levelsHoldFor) - from) / 60_000);
  return Array.from({ length: Math.floor(count) }, (_, index) => from + index * 60_000);
}
