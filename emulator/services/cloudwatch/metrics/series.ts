import { add, type Aggregate, emptyAggregate } from './aggregate';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Data of one metric in one unit: by start of the slot, in the sizes that AWS keeps. */
export interface Series {
  /** High-resolution data, for 3 hours. */
  seconds: Map<number, Aggregate>;
  /** All data, for 15 days. */
  minutes: Map<number, Aggregate>;
  /** For 63 days. */
  fiveMinutes: Map<number, Aggregate>;
  /** For 455 days. */
  hours: Map<number, Aggregate>;
  /** When old data was last looked through. */
  tidiedAt: number;
  /** Start of the newest minute that has data. */
  newest: number;
}

type Tier = 'seconds' | 'minutes' | 'fiveMinutes' | 'hours';

/** Size and age of each kind of slot in milliseconds, and what old ones become. */
const tiers: Record<Tier, { size: number; keptFor: number; next?: Tier }> = {
  seconds: { size: second, keptFor: 3 * hour },
  minutes: { size: minute, keptFor: 15 * day, next: 'fiveMinutes' },
  fiveMinutes: { size: 5 * minute, keptFor: 63 * day, next: 'hours' },
  hours: { size: hour, keptFor: 455 * day },
};

export const createSeries = (now: number): Series => ({
  seconds: new Map(),
  minutes: new Map(),
  fiveMinutes: new Map(),
  hours: new Map(),
  tidiedAt: now,
  newest: -Infinity,
});

interface Data {
  /** Milliseconds. */
  at: number;
  aggregate: Aggregate;
  isHighResolution: boolean;
}

/** Adds data; what has become too old on the way is packed or dropped, at most once an hour. */
export function record(series: Series, data: Data, now: number): void {
  put(series, 'minutes', data);
  if (data.isHighResolution) put(series, 'seconds', data);
  series.newest = Math.max(series.newest, floorTo(data.at, minute));
  if (now - series.tidiedAt >= hour) tidy(series, now);
}

function put(series: Series, tier: Tier, data: { at: number; aggregate: Aggregate }): void {
  const start = floorTo(data.at, tiers[tier].size);
  const slot = series[tier].get(start) ?? emptyAggregate();
  add(slot, data.aggregate);
  series[tier].set(start, slot);
}

function tidy(series: Series, now: number): void {
  series.tidiedAt = now;
  for (const tier of Object.keys(tiers) as Tier[]) {
    const { keptFor, next } = tiers[tier];
    for (const [at, aggregate] of series[tier]) {
      if (now - at <= keptFor) continue;
      series[tier].delete(at);
      if (next) put(series, next, { at, aggregate });
    }
  }
}

/** Milliseconds; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * What there is within a span, slot by slot, for points of this many milliseconds. As on AWS,
 * points of less than a minute see high-resolution data only, and old data shows in coarse points.
 */
export function* slotsIn(
  series: Series,
  span: Span,
  period: number,
): Iterable<[number, Aggregate]> {
  if (period < minute) return yield* within(series, 'seconds', span);
  yield* within(series, 'minutes', span);
  if (period % tiers.fiveMinutes.size === 0) yield* within(series, 'fiveMinutes', span);
  if (period % hour === 0) yield* within(series, 'hours', span);
}

function* within(series: Series, tier: Tier, { start, end }: Span): Iterable<[number, Aggregate]> {
  const slots = series[tier];
  const { size } = tiers[tier];
  if ((end - start) / size > slots.size) {
    for (const slot of slots) if (slot[0] >= start && slot[0] < end) yield slot;
    return;
  }
  for (let at = Math.ceil(start / size) * size; at < end; at += size) {
    const slot = slots.get(at);
    if (slot) yield [at, slot];
  }
}

export const floorTo = (at: number, size: number): number => Math.floor(at / size) * size;
