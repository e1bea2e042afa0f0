import { compilePattern, matches, snsGrammar } from '../../event-pattern';
import { parseJson, parseObject } from '../../json';
import { invalid } from './errors';
import type { Publication } from './publication';
import type { Subscription } from './state';

/** Does the subscription's filter let the message through? */
export function lets(subscription: Subscription, publication: Publication): boolean {
  const { FilterPolicy: policy, FilterPolicyScope: scope } = subscription.attributes;
  if (!policy || policy === '{}') return true;
  const subject =
    scope === 'MessageBody'
      ? parseObject(publication.messageFor('sqs'))
      : attributesOf(publication);
  return subject !== undefined && matches(compilePattern(policy, snsGrammar), subject);
}

/** Attributes as the filter sees them: numbers as numbers, String.Array as an array. */
function attributesOf({ attributes }: Publication): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { DataType = '', StringValue: text = '' }]) => {
      if (DataType.startsWith('Binary')) return [];
      if (DataType.startsWith('Number')) return [[name, Number(text)]];
      return [[name, DataType === 'String.Array' ? parseJson(text) : text]];
    }),
  );
}

/** Has the policy keys inside keys, which only the scope MessageBody allows? */
export const isNested = (policy: string): boolean =>
  Object.entries(parseObject(policy) ?? {}).some(
    ([key, value]) => key !== '$or' && !Array.isArray(value),
  );

const mostKeys = 5;
const mostCombinations = 150;

/** At most five keys, and at most 150 combinations, each value counted by its depth. */
export function checkComplexity(policy: string, where: string): void {
  const found = leavesOf(parseObject(policy) ?? {}, 1);
  if (found.length > mostKeys)
    throw invalid(`${where}FilterPolicy: Filter policy can not have more than 5 keys`);
  const combinations = found.reduce((product, { values, depth }) => product * values * depth, 1);
  if (combinations > mostCombinations)
    throw invalid(`${where}FilterPolicy: Filter policy is too complex`);
}

function leavesOf(
  policy: Record<string, unknown>,
  depth: number,
): { values: number; depth: number }[] {
  return Object.entries(policy).flatMap(([key, value]) => {
    if (key === '$or' && Array.isArray(value))
      return value.flatMap((one) => leavesOf(one as Record<string, unknown>, depth));
    return Array.isArray(value)
      ? [{ values: value.length, depth }]
      : leavesOf(value as Record<string, unknown>, depth + 1);
  });
}
