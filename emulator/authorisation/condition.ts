import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Condition } from './document';
import { type Context, matches, matchesArn } from './pattern';
import { table } from '../table';

type Test = (wanted: string, actual: string, variables: Context | undefined) => boolean;

const compareNumbers =
  (holds: (actual: number, wanted: number) => boolean, read: (text: string) => number): Test =>
  (wanted, actual) =>
    holds(read(actual), read(wanted));

const numeric = (holds: (actual: number, wanted: number) => boolean): Test =>
  compareNumbers(holds, (text) => (text.trim() === '' ? Number.NaN : Number(text)));

const date = (holds: (actual: number, wanted: number) => boolean): Test =>
  compareNumbers(holds, (text) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)));

const equal = (actual: number, wanted: number): boolean => actual === wanted;
const less = (actual: number, wanted: number): boolean => actual < wanted;
const lessOrEqual = (actual: number, wanted: number): boolean => actual <= wanted;
const greater = (actual: number, wanted: number): boolean => actual > wanted;
const greaterOrEqual = (actual: number, wanted: number): boolean => actual >= wanted;
const arnLike: Test = (wanted, actual, variables) => matchesArn(wanted, actual, { variables });

const tests: Record<string, Test> = table({
  StringEquals: (wanted, actual, variables) =>
    matches(wanted, actual, { variables, wildcards: false }),
  StringEqualsIgnoreCase: (wanted, actual, variables) =>
    matches(wanted, actual, { variables, wildcards: false, ignoreCase: true }),
  StringLike: (wanted, actual, variables) => matches(wanted, actual, { variables }),
  ArnEquals: arnLike,
  ArnLike: arnLike,
  NumericEquals: numeric(equal),
  NumericLessThan: numeric(less),
  NumericLessThanEquals: numeric(lessOrEqual),
  NumericGreaterThan: numeric(greater),
  NumericGreaterThanEquals: numeric(greaterOrEqual),
  DateEquals: date(equal),
  DateLessThan: date(less),
  DateLessThanEquals: date(lessOrEqual),
  DateGreaterThan: date(greater),
  DateGreaterThanEquals: date(greaterOrEqual),
  Bool: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  BinaryEquals: (wanted, actual) => wanted === actual,
  IpAddress: (wanted, actual) => inRange(actual, wanted),
});

const opposites: Record<string, string> = table({
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
});

interface Operator {
  set: string | undefined;
  test: Test | undefined;
  negated: boolean;
  ifExists: boolean;
}

/** Does AWS know this condition operator, with its prefixes and `IfExists`? */
export const isOperator = (name: string): boolean =>
  /^(?:For(?:Any|All)Values?:)?Null$/.test(name) || operatorOf(name).test !== undefined;

/** Is the condition met? Keys are looked up in any letter case. */
export function holds(
  condition: Condition,
  context: Context,
  variables: Context | undefined,
): boolean {
  const actual = context.get(condition.key.toLowerCase()) ?? [];
  if (/(^|:)Null$/.test(condition.operator))
    return condition.values.some((value) => (value === 'true') === (actual.length === 0));
  const operator = operatorOf(condition.operator);
  const { test, set, negated } = operator;
  if (!test) return false;
  if (actual.length === 0) return holdsForAbsent(operator);
  const fits = (value: string): boolean =>
    condition.values.some((wanted) => test(wanted, value, variables)) !== negated;
  const all = set === undefined ? negated : set === 'ForAllValues';
  return all ? actual.every(fits) : actual.some(fits);
}

const holdsForAbsent = ({ set, negated, ifExists }: Operator): boolean =>
  ifExists || set === 'ForAllValues' || (negated && set === undefined);

function operatorOf(name: string): Operator {
  const [, set, base = '', exists] =
    /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const positive = opposites[base] ?? base;
  return { set, test: tests[positive], negated: positive !== base, ifExists: exists !== undefined };
}

function inRange(address: string, range: string): boolean {
  const [network = '', bits] = range.split('/');
  const family = familyOf(network);
  if (!family || familyOf(address) !== family) return false;
  const prefix = prefixOf(bits, family === 'ipv4' ? 32 : 128);
  if (prefix === undefined) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(address, family);
}

function prefixOf(bits: string | undefined, longest: number): number | undefined {
  const prefix = Number(bits ?? longest);
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= longest ? prefix : undefined;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
