import type { Aggregate } from './aggregate';
import { inPercent, inValues, massOf, type Mass, percentile, sumOf } from './distribution';
import { table } from '../../../table';

/** Makes one number of a slot; nothing when the slot cannot tell (no values, only a statistic set). */
export type Statistic = (aggregate: Aggregate) => number | undefined;

const simple: Record<string, Statistic> = table({
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
});

/** Whether a statistic asks for single values, not only for what they add up to. */
export const needsValues = (text: string): boolean => !(text in simple);

export const simpleStatistics = Object.keys(simple);

/** Statistics over a part of the values, by the first letters of their names. */
const overPart: Record<string, (part: Mass[], whole: Mass[]) => number> = table({
  TM: (part) => sumOf(part) / massOf(part),
  TC: (part) => massOf(part),
  TS: (part) => sumOf(part),
  PR: (part, whole) => (100 * massOf(part)) / massOf(whole),
});

/** The part of the values between two bounds, which may be absent. */
interface Bounds {
  from: number | undefined;
  to: number | undefined;
  isPercent: boolean;
}

/**
 * Reads a statistic as AWS names it: `Sum`, `p99.9`, `tm90`, `TM(10%:90%)`, `PR(:300)`, `IQM`.
 * Nothing for a text that is none.
 */
export function readStatistic(text: string): Statistic | undefined {
  const known = simple[text];
  if (known) return known;
  if (/^IQM$/i.test(text)) return partly('TM', { from: 25, to: 75, isPercent: true });
  const [, short, rank] = /^(p|tm|wm|tc|ts)(\d{1,3}(?:\.\d{1,10})?)$/i.exec(text) ?? [];
  if (short === undefined || rank === undefined) return readRange(text);
  const to = Number(rank);
  if (to > 100) return undefined;
  return short.toLowerCase() === 'p'
    ? ofValues((values) => percentile(values, to))
    : partly(short.toUpperCase(), { from: undefined, to, isPercent: true });
}

const bound = '(-?\\d+(?:\\.\\d+)?(?:E[+-]?\\d+)?%?)?';
const ranges = new RegExp(`^(TM|WM|TC|TS|PR)\\(${bound}:${bound}\\)$`);

function readRange(text: string): Statistic | undefined {
  const [, name, from, to] = ranges.exec(text.toUpperCase()) ?? [];
  const given = [from, to].filter((side) => side !== undefined);
  if (name === undefined || given.length === 0) return undefined;
  const isPercent = given.every((side) => side.endsWith('%'));
  const isMixed = !isPercent && given.some((side) => side.endsWith('%'));
  if (isMixed || (isPercent && name === 'PR')) return undefined;
  return partly(name, { from: numberOf(from), to: numberOf(to), isPercent });
}

const numberOf = (side: string | undefined): number | undefined =>
  side === undefined ? undefined : Number(side.replace('%', ''));

const partly = (name: string, bounds: Bounds): Statistic =>
  ofValues((values) => {
    if (name === 'WM') return winsorized(values, bounds);
    const part = partOf(values, bounds);
    return overPart[name]?.(part, values);
  });

const partOf = (values: Mass[], { from, to, isPercent }: Bounds): Mass[] =>
  isPercent ? inPercent(values, from ?? 0, to ?? 100) : inValues(values, from, to);

/** The mean with everything beyond the bounds moved onto them. */
function winsorized(values: Mass[], { from, to, isPercent }: Bounds): number {
  const valueAt = (side: number | undefined, fallback: number) => {
    if (side === undefined) return fallback;
    return isPercent ? percentile(values, side) : side;
  };
  const [low, high] = [valueAt(from, -Infinity), valueAt(to, Infinity)];
  const moved = values.map(([value, count]): Mass => [Math.min(Math.max(value, low), high), count]);
  return sumOf(moved) / massOf(moved);
}

const ofValues =
  (measure: (values: Mass[]) => number | undefined): Statistic =>
  ({ values }) => {
    if (!values || values.size === 0) return undefined;
    const result = measure([...values].toSorted(([one], [other]) => one - other));
    return result === undefined || Number.isNaN(result) ? undefined : result;
  };
