import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { alarmsIn, holds, parseRule } from './rule';

const states: Record<string, StateValue> = {
  errors: 'ALARM',
  latency: 'OK',
  traffic: 'INSUFFICIENT_DATA',
  'deploy window (eu)': 'ALARM',
};

const check = (text: string): boolean => holds(parseRule(text), (name) => states[name]);

test.each([
  ['ALARM(errors)', true],
  ['ALARM("errors")', true],
  ['ALARM( errors )', true],
  ['ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors)', true],
  ['ALARM("deploy window (eu)")', true],
  ['OK(latency)', true],
  ['INSUFFICIENT_DATA(traffic)', true],
  ['ALARM(nowhere)', false],
  ['TRUE', true],
  ['false', false],
  ['NOT ALARM(latency)', true],
  ['ALARM(errors) AND ALARM(latency)', false],
  ['ALARM(errors) OR ALARM(latency)', true],
  ['ALARM(errors) AND NOT ALARM(latency)', true],
  ['TRUE OR FALSE AND FALSE', true],
  ['(TRUE OR FALSE) AND FALSE', false],
  ['NOT (ALARM(errors) OR TRUE)', false],
  ['(ALARM(errors) OR ALARM(latency)) AND OK(latency)', true],
])('C4.3: %s is %s', (text, expected) => {
  expect(check(text)).toBe(expected);
});

test.each([
  ['', 'it ends too early'],
  ['ALARM(errors', 'it ends too early'],
  ['ALARM()', "unexpected ')'"],
  ['errors', "unexpected 'errors'"],
  ['ALARM(errors) ALARM(latency)', "unexpected 'ALARM(latency)'"],
  ['ALARM(errors) AND', 'it ends too early'],
  ['BROKEN(errors)', "unexpected 'errors)'"],
  ['AT_LEAST(2, ALARM, (a, b))', 'AT_LEAST is not emulated'],
])('C4.3: %s is no rule: %s', (text, message) => {
  expect(() => parseRule(text)).toThrow(message);
});

test('a rule names each of its alarms once', () => {
  expect(alarmsIn(parseRule('ALARM(a) AND (OK(b) OR NOT ALARM(a)) AND TRUE'))).toEqual(['a', 'b']);
});
