import type { Grant, Key } from './state';

/** Grants in the language of policies: the grantee may do the operations, within the constraints. */
export const grantStatements = (key: Key): object[] =>
  [...key.grants.values()].map(({ grantee, operations, constraints }) => ({
    Effect: 'Allow',
    Principal: { [grantee.type]: grantee.principal },
    Action: operations.map((operation) => `kms:${operation}`),
    Resource: '*',
    ...conditionOf(constraints),
  }));

function conditionOf(constraints: Grant['constraints'] = {}): object {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints;
  const wanted = Object.entries(equals ?? subset ?? {});
  if (wanted.length === 0) return {};
  const pairs = wanted.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  return {
    Condition: {
      StringEquals: Object.fromEntries(pairs) as Record<string, string>,
      ...(equals
        ? { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': Object.keys(equals) } }
        : {}),
    },
  };
}
