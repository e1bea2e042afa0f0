/** What is kept of the values that came within one slot of time. */
export interface Aggregate {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** The value that came last, which a level holds on to. */
  last: number;
  /** How often each value came; absent when a statistic set has hidden it, so no percentiles. */
  values?: Map<number, number>;
}

/** More different values than this in one slot are kept to one part in a hundred. */
const mostValues = 1000;

/** Nothing yet; `values: 'uncounted'` saves the work where nobody asks for percentiles. */
export const emptyAggregate = (values: 'counted' | 'uncounted' = 'counted'): Aggregate => ({
  count: 0,
  sum: 0,
  min: Infinity,
  max: -Infinity,
  last: 0,
  ...(values === 'counted' ? { values: new Map() } : {}),
});

/** One value that came `count` times. */
export function ofValue(value: number, count = 1): Aggregate {
  const values = new Map([[value, count]]);
  return { count, sum: value * count, min: value, max: value, last: value, values };
}

/** A statistic set; its values are known only when they are all the same. */
export function ofStatisticSet(set: Omit<Aggregate, 'last' | 'values'>): Aggregate {
  const { count, sum, min, max } = set;
  const last = count === 0 ? 0 : sum / count;
  const isOneValue = min === max && sum === min * count;
  return { count, sum, min, max, last, ...(isOneValue ? { values: new Map([[min, count]]) } : {}) };
}

/** Adds `more` to `into`, in place. */
export function add(into: Aggregate, more: Aggregate): void {
  into.count += more.count;
  into.sum += more.sum;
  into.min = Math.min(into.min, more.min);
  into.max = Math.max(into.max, more.max);
  into.last = more.last;
  if (!into.values || !more.values) {
    delete into.values;
    return;
  }
  for (const [value, count] of more.values)
    into.values.set(value, (into.values.get(value) ?? 0) + count);
  if (into.values.size > mostValues) into.values = coarser(into.values);
}

const step = Math.log(1.01);

/** The nearest of the values that lie one part in a hundred from each other. */
const toOnePercent = (value: number): number =>
  value === 0
    ? 0
    : Math.sign(value) * Math.exp(Math.round(Math.log(Math.abs(value)) / step) * step);

function coarser(values: Map<number, number>): Map<number, number> {
  const kept = new Map<number, number>();
  for (const [value, count] of values) {
    const rounded = toOnePercent(value);
    kept.set(rounded, (kept.get(rounded) ?? 0) + count);
  }
  return kept;
}
