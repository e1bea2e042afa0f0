import { LimitExceededException, type RotationsListEntry } from '@aws-sdk/client-kms';
import { refuse } from '../../refuse';
import { announce } from './announce';
import { checkEnabled, checkPresent, checkRange, unsupported } from './errors';
import { findKeyById } from './find-key';
import { listed } from './listing';
import { freshSecret } from './specs';
import type { Key, KmsCall, KmsHandlers, Material } from './state';

const day = 86_400_000;
const onDemandQuota = 25;

/** Fresh key material under the same key: what was encrypted before can still be read. */
export const rotation = {
  EnableKeyRotation({ KeyId: id, RotationPeriodInDays: days }, call) {
    const key = checkRotatable(checkEnabled(findKeyById(id, call)));
    const periodInDays = days ?? key.rotation?.periodInDays ?? 365;
    checkRange(periodInDays, 'rotationPeriodInDays', [90, 2560]);
    if (key.rotation?.periodInDays !== periodInDays) scheduleNext(key, periodInDays, call);
    announce('UPDATE', key, call);
  },

  DisableKeyRotation({ KeyId: id }, call) {
    const key = checkRotatable(checkEnabled(findKeyById(id, call)));
    key.rotation = undefined;
    call.timers.cancel(timerOf(key));
    announce('UPDATE', key, call);
  },

  RotateKeyOnDemand({ KeyId: id }, call) {
    const key = checkRotatable(checkEnabled(findKeyById(id, call)));
    const before = key.materials.filter((each) => each.rotation?.type === 'ON_DEMAND');
    if (before.length >= onDemandQuota)
      throw refuse(
        LimitExceededException,
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${key.arn}`,
      );
    rotate(key, 'ON_DEMAND', call);
    return { KeyId: key.id };
  },

  GetKeyRotationStatus({ KeyId: id }, call) {
    const key = checkPresent(findKeyById(id, call));
    if (key.spec !== 'SYMMETRIC_DEFAULT') throw unsupported('');
    const { rotation: on } = key;
    if (key.manager === 'AWS')
      return {
        KeyId: key.id,
        KeyRotationEnabled: true,
        RotationPeriodInDays: 365,
        NextRotationDate: new Date(key.createdAt.getTime() + 365 * day),
      };
    return {
      KeyId: key.id,
      KeyRotationEnabled: on !== undefined,
      ...(on ? { RotationPeriodInDays: on.periodInDays, NextRotationDate: on.next } : {}),
    };
  },

  ListKeyRotations({ KeyId: id, IncludeKeyMaterial: which, ...paging }, call) {
    const key = findKeyById(id, call);
    const wanted =
      which === 'ALL_KEY_MATERIAL' ? key.materials : key.materials.filter((each) => each.rotation);
    const { page, end } = listed(wanted, paging);
    return { Rotations: page.map((material) => entryOf(material, key)), ...end };
  },
} satisfies KmsHandlers;

/** The period of automatic rotation is over. */
export function rotateWhenDue({ id }: { id: string }, call: KmsCall): void {
  const key = call.state.keys.get(id);
  if (!key?.rotation) return;
  if (key.state === 'Enabled') rotate(key, 'AUTOMATIC', call);
  scheduleNext(key, key.rotation.periodInDays, call);
}

const timerOf = ({ id }: Key): string => `rotate:${id}`;

function scheduleNext(key: Key, periodInDays: number, call: KmsCall): void {
  const next = new Date(call.now().getTime() + periodInDays * day);
  key.rotation = { periodInDays, next };
  call.timers.set({ name: 'rotate', at: next, payload: { id: key.id }, id: timerOf(key) });
}

function rotate(key: Key, type: 'AUTOMATIC' | 'ON_DEMAND', call: KmsCall): void {
  const secret = freshSecret(key.spec);
  if (!secret) return;
  key.materials.push({ id: call.random.hex(64), secret, rotation: { at: call.now(), type } });
  announce('UPDATE', key, call);
  call.emit({
    source: 'aws.kms',
    detailType: 'KMS CMK Rotation',
    detail: { 'key-id': key.id },
    resources: [key.arn],
  });
}

function checkRotatable(key: Key): Key {
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw unsupported('');
  return key;
}

const entryOf = ({ id, rotation: past }: Material, key: Key): RotationsListEntry => ({
  KeyId: key.id,
  KeyMaterialId: id,
  KeyMaterialState: key.materials.at(-1)?.id === id ? 'CURRENT' : 'NON_CURRENT',
  ...(past ? { RotationDate: past.at, RotationType: past.type } : {}),
});
