import { durationOf, offsetText } from './duration';

test.each([
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(durationOf(text)).toBe(milliseconds);
});

test.each(['', '5', 'm', '5 m', '-5m', '5minutes', 'soon'])('"%s" is no duration', (text) => {
  expect(() => durationOf(text)).toThrow(`"${text}" is no duration`);
});

test.each([
  [0, '+0 s'],
  [12_000, '+12 s'],
  [37 * 60_000, '+37 min'],
  [65 * 60_000, '+1 h 5 min'],
  [2 * 3_600_000, '+2 h'],
  [-30_000, '-30 s'],
])('a clock that is off by %d ms shows %s', (milliseconds, text) => {
  expect(offsetText(milliseconds)).toBe(text);
});
