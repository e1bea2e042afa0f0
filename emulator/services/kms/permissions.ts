import type { KMS } from '@aws-sdk/client-kms';
import type { Permission, Requirements } from '../../service';
import { decryptingKey } from './encryption';
import { retired } from './grants';
import { lookUpKey } from './find-key';
import { requestKeys } from './request-keys';
import type { Key, KmsCall, KmsState } from './state';

interface OnKey {
  KeyId?: string | undefined;
}

/** An unknown key is the handler's to refuse: AWS tells the owner that it is not there. */
const asked = (
  action: string,
  key: Key | undefined,
  { input, call }: { input: object; call: KmsCall },
): Permission[] =>
  key
    ? [{ action: `kms:${action}`, resources: [key.arn], context: requestKeys(input, key, call) }]
    : [];

const onKey = (input: OnKey, call: KmsCall): Permission[] =>
  asked(call.operation, lookUpKey(input.KeyId, call), { input, call });

const onAliasAnd =
  (keysOf: (input: AliasInput, call: KmsCall) => (Key | undefined)[]) =>
  (input: AliasInput, call: KmsCall): Permission[] => [
    { action: `kms:${call.operation}`, resources: [call.arn(input.AliasName ?? '')] },
    ...keysOf(input, call).flatMap((key) => asked(call.operation, key, { input, call })),
  ];

interface AliasInput {
  AliasName?: string | undefined;
  TargetKeyId?: string | undefined;
}

const target = ({ TargetKeyId: id }: AliasInput, call: KmsCall) =>
  id === undefined ? undefined : lookUpKey(id, call);

const current = ({ AliasName: name = '' }: AliasInput, { state }: KmsCall) =>
  state.keys.get(state.aliases.get(name)?.keyId ?? '');

/** Named by the ciphertext when the request does not name it; unknown names are the handler's. */
const source = (keyId: string | undefined, blob: Uint8Array | undefined, call: KmsCall) =>
  keyId === undefined ? decryptingKey({ keyId, blob }, call) : lookUpKey(keyId, call);

const each = <K extends keyof Requirements<KMS, KmsState>>(
  operations: readonly K[],
): { [P in K]: typeof onKey } =>
  Object.fromEntries(operations.map((operation) => [operation, onKey])) as {
    [P in K]: typeof onKey;
  };

/** What operations ask about a key; CreateKey and the lists ask on `*`. */
export const permissions: Requirements<KMS, KmsState> = {
  ...each([
    'CancelKeyDeletion',
    'CreateGrant',
    'DescribeKey',
    'DisableKey',
    'DisableKeyRotation',
    'EnableKey',
    'EnableKeyRotation',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateMac',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'GetPublicKey',
    'ListGrants',
    'ListKeyPolicies',
    'ListKeyRotations',
    'ListResourceTags',
    'PutKeyPolicy',
    'RevokeGrant',
    'RotateKeyOnDemand',
    'ScheduleKeyDeletion',
    'Sign',
    'TagResource',
    'UntagResource',
    'UpdateKeyDescription',
    'Verify',
    'VerifyMac',
  ]),
  CreateAlias: onAliasAnd((input, call) => [target(input, call)]),
  UpdateAlias: onAliasAnd((input, call) => [current(input, call), target(input, call)]),
  DeleteAlias: onAliasAnd((input, call) => [current(input, call)]),
  Decrypt: (input, call) =>
    asked('Decrypt', source(input.KeyId, input.CiphertextBlob, call), { input, call }),
  ReEncrypt: (input, call) => [
    ...asked('ReEncryptFrom', source(input.SourceKeyId, input.CiphertextBlob, call), {
      input: { EncryptionContext: input.SourceEncryptionContext },
      call,
    }),
    ...asked('ReEncryptTo', lookUpKey(input.DestinationKeyId, call), {
      input: { EncryptionContext: input.DestinationEncryptionContext },
      call,
    }),
  ],
  RetireGrant: (input, call) => {
    const { key, grant } = retired(input, call);
    return isRetiring(grant.retiring?.principal, call)
      ? []
      : asked('RetireGrant', key, { input, call });
  },
};

const isRetiring = (principal: string | undefined, { principal: caller }: KmsCall): boolean =>
  principal !== undefined &&
  (principal === caller.arn || (caller.type === 'role' && principal === caller.roleArn));
