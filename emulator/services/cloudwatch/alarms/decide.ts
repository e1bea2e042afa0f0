import type { StateValue } from '@aws-sdk/client-cloudwatch';

/** One period that an alarm looks at; without a value when there was no data in it. */
export interface Point {
  /** Start of the period in milliseconds. */
  at: number;
  value?: number;
  isBreaching?: boolean;
}

export interface Rule {
  /** Periods that count: N. */
  evaluated: number;
  /** Breaching ones among them that make an alarm: M. */
  toAlarm: number;
  missing: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

export interface Decision<P extends Point = Point> {
  /** Absent when the alarm is to stay as it is. */
  state?: StateValue;
  /** The periods with data that were counted, the newest first. */
  points: P[];
  /** How many missing ones were counted with them. */
  filled: number;
}

/**
 * What the periods of an alarm's evaluation range, the oldest first, make of it (FACTS C4.2).
 * Missing ones count only when fewer than N have data, and then as few of them as possible.
 */
export function decide<P extends Point>(range: readonly P[], rule: Rule): Decision<P> {
  const existing = range.filter(({ value }) => value !== undefined).toReversed();
  const points = existing.slice(0, rule.evaluated);
  const isFilling = rule.missing === 'breaching' || rule.missing === 'notBreaching';
  const filled = isFilling ? rule.evaluated - points.length : 0;
  const state =
    filled > 0
      ? filledIn(points, filled, rule)
      : points.length === 0
        ? withoutData(rule)
        : withData(range, points, rule);
  return { points, filled, ...(state === undefined ? {} : { state }) };
}

const breachingIn = (points: readonly Point[]): number =>
  points.filter(({ isBreaching }) => isBreaching).length;

const filledIn = (points: readonly Point[], filled: number, rule: Rule): StateValue =>
  breachingIn(points) + (rule.missing === 'breaching' ? filled : 0) >= rule.toAlarm
    ? 'ALARM'
    : 'OK';

const withoutData = ({ missing }: Rule): StateValue | undefined =>
  missing === 'missing' ? 'INSUFFICIENT_DATA' : undefined;

function withData(
  range: readonly Point[],
  points: readonly Point[],
  { toAlarm, missing }: Rule,
): StateValue | undefined {
  const breaching = breachingIn(points);
  if (breaching >= toAlarm) return 'ALARM';
  if (breaching < points.length || points.length >= toAlarm) return 'OK';
  // All there is breaches, and it is less than M: an alarm once the oldest is M periods old, so
  // that one late point makes none.
  const oldest = range.findIndex(({ value }) => value !== undefined);
  return missing === 'missing' && range.length - oldest >= toAlarm ? 'ALARM' : undefined;
}
