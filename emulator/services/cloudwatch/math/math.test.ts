import type { TimeSeries } from '../queries/time-series';
import { evaluateMath } from './evaluate';
import { parseMath } from './parse';
import { isSeries, type Scope, type Value } from './value';

const minute = 60_000;

/** One value a minute, none where there is a null. */
function series(...numbers: (number | null)[]): TimeSeries {
  const points = numbers.flatMap((number, index): [number, number][] =>
    number === null ? [] : [[index * minute, number]],
  );
  return { points: new Map(points), period: minute };
}

const named: Record<string, TimeSeries> = {
  m1: series(1, 2, 3),
  m2: series(10, null, 30),
  m3: series(4, 9, 16),
  gap: series(2, null, 6),
  none: series(),
};

const scope: Scope = {
  metrics: () => Object.entries(named).filter(([id]) => id.startsWith('m')),
  grid: () => ({ start: 0, end: 4 * minute, period: minute }),
  now: 2.5 * minute,
  band: () => {
    throw new Error('not asked for');
  },
};

const shown = (value: Value): unknown => {
  if (typeof value === 'number' || 'text' in value) return value;
  if (!isSeries(value)) return value.map(shown);
  return Object.fromEntries([...value.points].map(([at, number]) => [at / minute, number]));
};

const work = (expression: string): unknown =>
  shown(evaluateMath(parseMath(expression), (name) => named[name], scope));

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['-2 ^ 2', -4],
  ['2 ^ 3 ^ 2', 512],
  ['10 - 4 - 3', 3],
  ['1 < 2 AND 3 <= 3', 1],
  ['1 == 2 || 0', 0],
  ['m1 * 2', { 0: 2, 1: 4, 2: 6 }],
  ['-m1', { 0: -1, 1: -2, 2: -3 }],
  ['m1 + m2', { 0: 11, 2: 33 }],
  ['m1 / (m1 - 1)', { 1: 2, 2: 1.5 }],
  ['m1 > 1', { 0: 0, 1: 1, 2: 1 }],
  ['100 * (m1 / m3)', { 0: 25, 1: 22.22222222222222, 2: 18.75 }],
  ['SUM(m1)', 6],
  ['AVG(m3)', 29 / 3],
  ['MIN(m3)', 4],
  ['MAX(m3) - m1', { 0: 15, 1: 14, 2: 13 }],
  ['STDDEV(gap)', 2],
  ['SUM(METRICS())', { 0: 15, 1: 11, 2: 49 }],
  ['AVG([m1, m2])', { 0: 5.5, 1: 2, 2: 16.5 }],
  ['SUM(METRICS("m3")) + 1', { 0: 5, 1: 10, 2: 17 }],
  ['METRIC_COUNT(METRICS())', 3],
  ['ABS(-m1)', { 0: 1, 1: 2, 2: 3 }],
  ['CEIL(m1 / 2)', { 0: 1, 1: 1, 2: 2 }],
  ['FLOOR(m1 / 2)', { 0: 0, 1: 1, 2: 1 }],
  ['DIFF(m3)', { 1: 5, 2: 7 }],
  ['RATE(gap)', { 2: 4 / 120 }],
  ['DIFF_TIME(gap)', { 2: 120 }],
  ['PERIOD(m1)', 60],
  ['RUNNING_SUM(m1)', { 0: 1, 1: 3, 2: 6 }],
  ['FILL(m2, 0)', { 0: 10, 1: 0, 2: 30 }],
  ['FILL(none, 7)', { 0: 7, 1: 7, 2: 7 }],
  ['FILL(m2, REPEAT)', { 0: 10, 1: 10, 2: 30 }],
  ['FILL(m2, LINEAR)', { 0: 10, 1: 20, 2: 30 }],
  ['FILL(m2, m3)', { 0: 10, 1: 9, 2: 30 }],
  ['IF(m1 > 1, m3, 0)', { 0: 0, 1: 9, 2: 16 }],
  ['IF(m1 > 1, m3)', { 1: 9, 2: 16 }],
  ['IF(1, m1, m3)', { 0: 1, 1: 2, 2: 3 }],
  ['TIME_SERIES(5)', { 0: 5, 1: 5, 2: 5 }],
  ['SORT(METRICS(), MAX, DESC, 1)', [{ 0: 10, 2: 30 }]],
  ['SLICE(SORT(METRICS(), AVG, ASC), 0, 1)', [{ 0: 1, 1: 2, 2: 3 }]],
  ['REMOVE_EMPTY([m1, none])', [{ 0: 1, 1: 2, 2: 3 }]],
  ['LAST([m1, m3])', { 0: 4, 1: 9, 2: 16 }],
  ['METRICS("m1") * 10', [{ 0: 10, 1: 20, 2: 30 }]],
  ['DATAPOINT_COUNT(m2)', 2],
])('%s makes %j', (expression, expected) => {
  expect(work(expression)).toEqual(expected);
});

test.each([
  ['m1 +', 'Unexpected end of the expression'],
  ['m1 m2', "Unexpected 'm2'"],
  ['m1 ~ m2', 'Unexpected character at position 2'],
  ['m9 + 1', "Undefined id 'm9'"],
  ['METRICS() + METRICS()', 'Two arrays cannot be joined by an operator'],
  ['NOSUCH(m1)', 'Unknown function NOSUCH'],
  ['SUM(m1, m2)', 'Wrong number of parameters for SUM'],
  ["SEARCH('{AWS/EC2} CPU', 'Average')", 'The function SEARCH is not emulated'],
])('%s cannot be worked out: %s', (expression, message) => {
  expect(() => work(expression)).toThrow(message);
});
