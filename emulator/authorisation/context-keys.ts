import { parsePolicy, type Statement } from './document';
import { coversAction } from './evaluate';
import { variablesIn } from './pattern';

/** Condition keys and variables that a policy asks for, in its own spelling, each once. */
export function contextKeysOf(document: string, action?: string): string[] {
  const policy = parsePolicy(document);
  const keys = policy.statements
    .filter((statement) => action === undefined || coversAction(statement, action))
    .flatMap((statement) => [
      ...statement.conditions.map((condition) => condition.key),
      ...(policy.variables ? textsWithVariables(statement).flatMap(variablesIn) : []),
    ]);
  return uniqueKeys(keys);
}

/** Drops keys that differ in letter case only. */
export const uniqueKeys = (keys: string[]): string[] =>
  [...new Map(keys.toReversed().map((key) => [key.toLowerCase(), key])).values()].toReversed();

const textsWithVariables = (statement: Statement): string[] => [
  ...(statement.resource?.values ?? []),
  ...statement.conditions.flatMap((condition) => condition.values),
];
