import type { GivenContext } from '../../authorisation';
import { asText } from '../../cloudformation/as-text';
import type { Key, KmsCall } from './state';
import { table } from '../../table';

/** Members of requests that are condition keys of their own. */
const members: Record<string, string> = table({
  EncryptionAlgorithm: 'kms:EncryptionAlgorithm',
  GranteePrincipal: 'kms:GranteePrincipal',
  KeyPairSpec: 'kms:DataKeyPairSpec',
  MacAlgorithm: 'kms:MacAlgorithm',
  MessageType: 'kms:MessageType',
  PendingWindowInDays: 'kms:ScheduleKeyDeletionPendingWindowInDays',
  RetiringPrincipal: 'kms:RetiringPrincipal',
  RotationPeriodInDays: 'kms:RotationPeriodInDays',
  SigningAlgorithm: 'kms:SigningAlgorithm',
});

/** Condition keys of KMS: about the key, the way to it, and what is asked of it. */
export function requestKeys(input: object, key: Key, call: KmsCall): GivenContext {
  const given = input as Record<string, unknown>;
  return {
    ...callerKeys(call),
    ...keyKeys(key, call),
    ...aliasUsed(given['KeyId']),
    ...contextKeys(given['EncryptionContext']),
    ...listKey('kms:GrantOperations', given['Operations']),
    ...constraintKeys(given['Constraints']),
    ...Object.fromEntries(
      Object.entries(members).flatMap(([member, name]) =>
        given[member] === undefined ? [] : [[name, asText(given[member])]],
      ),
    ),
  };
}

function callerKeys({ principal, via, region }: KmsCall): GivenContext {
  const [service] = (via ?? '').split('.');
  return {
    // A service that acts for itself belongs to no account.
    ...(principal.type === 'service' ? {} : { 'kms:CallerAccount': principal.accountId }),
    ...(via === undefined
      ? {}
      : {
          'kms:ViaService': `${service}.${region}.amazonaws.com`,
          'kms:GrantIsForAWSResource': 'true',
        }),
  };
}

function keyKeys(key: Key, call: KmsCall): GivenContext {
  const { aliases } = call.stateOf(key.accountId, call.region);
  const names = [...aliases.values()].filter(({ keyId }) => keyId === key.id);
  return {
    'kms:KeyOrigin': 'AWS_KMS',
    'kms:KeySpec': key.spec,
    'kms:KeyUsage': key.usage,
    'kms:MultiRegion': 'false',
    ...listKey(
      'kms:ResourceAliases',
      names.map(({ name }) => name),
    ),
  };
}

function aliasUsed(id: unknown): GivenContext {
  const alias = /(^|:)(alias\/.+)$/.exec(typeof id === 'string' ? id : '')?.[2];
  return alias === undefined ? {} : { 'kms:RequestAlias': alias };
}

function contextKeys(context: unknown): GivenContext {
  const pairs = Object.entries((context ?? {}) as Record<string, string>);
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...listKey(
      'kms:EncryptionContextKeys',
      pairs.map(([key]) => key),
    ),
  };
}

function constraintKeys(constraints: unknown): GivenContext {
  const [type] = Object.keys((constraints ?? {}) as object);
  return type === undefined ? {} : { 'kms:GrantConstraintType': type };
}

const listKey = (name: string, values: unknown): GivenContext =>
  Array.isArray(values) && values.length > 0 ? { [name]: values as string[] } : {};
