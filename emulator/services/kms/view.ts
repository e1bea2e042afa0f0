import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import type { Key, KmsCall } from './state';

/** Keys and aliases; a key that waits for its deletion is gone for stacks. */
export const view = (call: KmsCall): Resource[] => [
  ...[...call.state.keys.values()]
    .filter(({ state, manager }) => state !== 'PendingDeletion' && manager === 'CUSTOMER')
    .map(keyResource),
  ...[...call.state.aliases.values()].map(({ name, keyId, createdAt }) => ({
    arn: call.arn(name),
    type: 'AWS::KMS::Alias',
    id: name,
    name,
    tags: {},
    configuration: { AliasName: name, TargetKeyId: keyId },
    createdAt,
  })),
];

const keyResource = (key: Key): Resource => ({
  arn: key.arn,
  type: 'AWS::KMS::Key',
  id: key.id,
  tags: key.tags,
  configuration: {
    Description: key.description,
    Enabled: key.state === 'Enabled',
    EnableKeyRotation: key.rotation !== undefined,
    KeyPolicy: parseObject(key.policy) ?? {},
    KeySpec: key.spec,
    KeyUsage: key.usage,
    ...(key.rotation ? { RotationPeriodInDays: key.rotation.periodInDays } : {}),
  },
  createdAt: key.createdAt,
});
