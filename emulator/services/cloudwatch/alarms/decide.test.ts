import { decide, type Point, type Rule } from './decide';

/** `0` is fine, `X` breaches, `-` is missing; the oldest first. */
const range = (text: string): Point[] =>
  text
    .split('')
    .map((sign, index) =>
      sign === '-' ? { at: index } : { at: index, value: 0, isBreaching: sign === 'X' },
    );

const settings: Rule['missing'][] = ['missing', 'ignore', 'breaching', 'notBreaching'];

const outcomes = (text: string, toAlarm: number): string[] =>
  settings.map(
    (missing) => decide(range(text), { evaluated: 3, toAlarm, missing }).state ?? 'retain',
  );

// The ten rows of AWS's table, FACTS C4.2: missing, ignore, breaching, notBreaching.
test.each([
  ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
  ['0----', 3, ['OK', 'OK', 'OK', 'OK']],
  ['-----', 3, ['INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK']],
  ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['--X--', 3, ['ALARM', 'retain', 'ALARM', 'OK']],
  ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
  ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
  ['---X-', 2, ['ALARM', 'retain', 'ALARM', 'OK']],
] as const)('C4.2: %s with %d of 3 to alarm', (text, toAlarm, expected) => {
  expect(outcomes(text, toAlarm)).toEqual(expected);
});

test('one breaching period that is newer than M makes no alarm yet', () => {
  expect(outcomes('----X', 2)).toEqual(['retain', 'retain', 'ALARM', 'OK']);
});

test('as few missing periods are counted as are needed', () => {
  const decision = decide(range('-X-X-'), { evaluated: 3, toAlarm: 3, missing: 'breaching' });

  expect(decision).toEqual({
    state: 'ALARM',
    points: [
      { at: 3, value: 0, isBreaching: true },
      { at: 1, value: 0, isBreaching: true },
    ],
    filled: 1,
  });
});
