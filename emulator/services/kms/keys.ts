import {
  type CreateKeyRequest,
  type KeyMetadata,
  type KeySpec,
  KMSInvalidStateException,
} from '@aws-sdk/client-kms';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkPresent, checkRange, invalid, unsupported } from './errors';
import { findKey, findKeyById } from './find-key';
import { checkKeyPolicy, defaultPolicy } from './key-policy';
import { freshPair, freshSecret, specs } from './specs';
import type { Key, KmsCall, KmsHandlers } from './state';
import { listed } from './listing';
import { tagsOf } from './tagging';

/** Customer managed keys. */
export const keys = {
  async CreateKey(input, call) {
    refuseOrigins(input);
    const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
    const usage = usageOf(spec, input);
    const policy = input.Policy ?? defaultPolicy(call.accountId);
    checkKeyPolicy(policy, input.BypassPolicyLockoutSafetyCheck, call);
    const id = call.random.uuid();
    const secret = freshSecret(spec);
    const key: Key = {
      id,
      arn: call.arn(`key/${id}`),
      accountId: call.accountId,
      createdAt: call.now(),
      description: input.Description ?? '',
      usage,
      spec,
      state: 'Enabled',
      manager: 'CUSTOMER',
      policy,
      tags: tagsOf(input.Tags),
      materials: secret ? [{ id: call.random.hex(64), secret }] : [],
      pair: await freshPair(spec),
      grants: new Map(),
    };
    call.state.keys.set(id, key);
    announce('CREATE', key, call);
    return { KeyMetadata: metadata(key) };
  },

  DescribeKey: ({ KeyId: id }, call) => ({ KeyMetadata: metadata(findKey(id, call)) }),

  ListKeys({ Limit: max = 100, ...paging }, { state }) {
    const { page, end } = listed([...state.keys.values()], { ...paging, Limit: max });
    return { Keys: page.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...end };
  },

  UpdateKeyDescription({ KeyId: id, Description: description = '' }, call) {
    const key = checkPresent(findKeyById(id, call));
    key.description = description;
    announce('UPDATE', key, call);
  },

  EnableKey: ({ KeyId: id }, call) => setState(id, 'Enabled', call),
  DisableKey: ({ KeyId: id }, call) => setState(id, 'Disabled', call),

  ScheduleKeyDeletion({ KeyId: id, PendingWindowInDays: days = 30 }, call) {
    const key = checkPresent(findKeyById(id, call));
    checkRange(days, 'pendingWindowInDays', [7, 30]);
    key.state = 'PendingDeletion';
    key.deletionDate = new Date(call.now().getTime() + days * day);
    call.timers.set({
      name: 'delete',
      at: key.deletionDate,
      payload: { id: key.id },
      id: timerOf(key),
    });
    call.timers.cancel(`rotate:${key.id}`);
    announce('UPDATE', key, call);
    return {
      KeyId: key.arn,
      DeletionDate: key.deletionDate,
      KeyState: key.state,
      PendingWindowInDays: days,
    };
  },

  CancelKeyDeletion({ KeyId: id }, call) {
    const key = findKeyById(id, call);
    if (key.state !== 'PendingDeletion')
      throw refuse(KMSInvalidStateException, `${key.arn} is not pending deletion.`);
    key.state = 'Disabled';
    key.deletionDate = undefined;
    call.timers.cancel(timerOf(key));
    announce('UPDATE', key, call);
    return { KeyId: key.arn };
  },
} satisfies KmsHandlers;

const day = 86_400_000;

const timerOf = ({ id }: Key): string => `delete:${id}`;

/** The waiting period is over: whatever the key encrypted is lost. */
export function deleteKey({ id }: { id: string }, call: KmsCall): void {
  const key = call.state.keys.get(id);
  if (!key) return;
  call.state.keys.delete(id);
  for (const { name, keyId } of call.state.aliases.values())
    if (keyId === id) call.state.aliases.delete(name);
  announce('DELETE', key, call);
  call.emit({
    source: 'aws.kms',
    detailType: 'KMS CMK Deletion',
    detail: { 'key-id': id },
    resources: [key.arn],
  });
}

function setState(id: string | undefined, state: 'Enabled' | 'Disabled', call: KmsCall): void {
  const key = checkPresent(findKeyById(id, call));
  key.state = state;
  announce('UPDATE', key, call);
}

function refuseOrigins(input: CreateKeyRequest): void {
  const { Origin: origin = 'AWS_KMS', MultiRegion: isMultiRegion = false } = input;
  if (isMultiRegion) throw unsupported('Multi-Region keys are not emulated.');
  if (origin === 'EXTERNAL') throw unsupported('Imported key material is not emulated.');
  if (origin !== 'AWS_KMS' || input.CustomKeyStoreId !== undefined)
    throw unsupported('Custom key stores are not emulated.');
}

function usageOf(spec: KeySpec, { KeyUsage: usage }: CreateKeyRequest): Key['usage'] {
  const known = specs[spec];
  if (!known) throw unsupported(`Keys of spec ${spec} are not emulated.`);
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT')
    throw invalid(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  const wanted = usage ?? 'ENCRYPT_DECRYPT';
  if (!known.usages.includes(wanted))
    throw invalid(`KeyUsage ${wanted} is not compatible with KeySpec ${spec}`);
  return wanted;
}

/** A key as DescribeKey tells it. */
const metadata = (key: Key): KeyMetadata => ({
  AWSAccountId: key.accountId,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.createdAt,
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.usage,
  KeyState: key.state,
  ...(key.deletionDate ? { DeletionDate: key.deletionDate } : {}),
  Origin: 'AWS_KMS',
  KeyManager: key.manager,
  CustomerMasterKeySpec: key.spec as KeyMetadata['CustomerMasterKeySpec'],
  KeySpec: key.spec,
  ...algorithmsOf(key),
  MultiRegion: false,
  ...(key.spec === 'SYMMETRIC_DEFAULT' ? { CurrentKeyMaterialId: key.materials.at(-1)?.id } : {}),
});

/** What the key can do, by its usage. */
export function algorithmsOf({ spec, usage }: Key) {
  const known = specs[spec];
  if (usage === 'ENCRYPT_DECRYPT') return { EncryptionAlgorithms: known?.encryption };
  if (usage === 'SIGN_VERIFY') return { SigningAlgorithms: known?.signing };
  return { MacAlgorithms: known?.macs };
}
