import type { Expression } from './expression';
import { Row } from './row';
import { compareValues, toNumber, toText, type Value } from './value';
import { table } from '../../../table';

/** What an aggregate function makes of the rows of a group. */
export type Aggregate = (rows: readonly Row[]) => Value;

/** Makes one of an argument, which `count(*)` has not, and the percent of `pct`. */
export type MakeAggregate = (read: Expression | undefined, percent?: number) => Aggregate;

const missing: Expression = () => undefined;

const valuesOf = (rows: readonly Row[], read: Expression): Value[] =>
  rows.map((row) => read(row)).filter((value) => value !== undefined);

const numbersOf = (rows: readonly Row[], read: Expression): number[] =>
  rows.flatMap((row) => toNumber(read(row)) ?? []);

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

const best =
  (sign: 1 | -1): MakeAggregate =>
  (read = missing) =>
  (rows) =>
    valuesOf(rows, read).reduce<Value>(
      (found, value) =>
        found === undefined || compareValues(value, found) * sign > 0 ? value : found,
      undefined,
    );

/** The value of the first or last event by time that has one. */
const byTime =
  (sign: 1 | -1): MakeAggregate =>
  (read = missing) =>
  (rows) =>
    read(
      rows
        .filter((row) => read(row) !== undefined)
        .reduce<Row | undefined>((found, row) => {
          if (!found) return row;
          const order = compareValues(row.get('@timestamp'), found.get('@timestamp'));
          return order * sign > 0 ? row : found;
        }, undefined) ?? empty,
    );

const empty = new Row();

const average = (numbers: number[]): number | undefined =>
  numbers.length === 0 ? undefined : sum(numbers) / numbers.length;

function deviation(numbers: number[]): number | undefined {
  const mean = average(numbers);
  if (mean === undefined) return undefined;
  return Math.sqrt(sum(numbers.map((each) => (each - mean) ** 2)) / numbers.length);
}

function percentile(numbers: number[], percent: number): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)];
}

const pct: MakeAggregate =
  (read = missing, percent = 50) =>
  (rows) =>
    percentile(numbersOf(rows, read), percent);

/** The aggregate functions of `stats`, by their names in lower case. */
export const aggregates: Record<string, MakeAggregate | undefined> = table({
  count: (read) => (rows) => (read ? valuesOf(rows, read).length : rows.length),
  count_distinct:
    (read = missing) =>
    (rows) =>
      new Set(valuesOf(rows, read).map(toText)).size,
  sum:
    (read = missing) =>
    (rows) =>
      sum(numbersOf(rows, read)),
  avg:
    (read = missing) =>
    (rows) =>
      average(numbersOf(rows, read)),
  stddev:
    (read = missing) =>
    (rows) =>
      deviation(numbersOf(rows, read)),
  min: best(-1),
  max: best(1),
  sortsfirst: best(-1),
  sortslast: best(1),
  earliest: byTime(-1),
  latest: byTime(1),
  pct,
  percentile: pct,
});
