import type { GenerateDataKeyPairRequest, GenerateDataKeyRequest } from '@aws-sdk/client-kms';
import { randomBytes } from 'node:crypto';
import { seal } from './envelope';
import {
  checkEnabled,
  checkRange,
  checkUsage,
  endDryRun,
  incompatible,
  invalid,
  refuseRecipient,
  unsupported,
} from './errors';
import { findKey } from './find-key';
import { freshPair } from './specs';
import type { Key, KmsCall, KmsHandlers } from './state';

/** Keys for data of any size: used in the clear, kept encrypted. */
export const dataKeys = {
  GenerateDataKey(input, call) {
    refuseRecipient(input);
    const { key, plaintext } = dataKey(input, 'GenerateDataKey', call);
    return { ...sealed(plaintext, key, input), Plaintext: plaintext };
  },

  GenerateDataKeyWithoutPlaintext(input, call) {
    const { key, plaintext } = dataKey(input, 'GenerateDataKeyWithoutPlaintext', call);
    return sealed(plaintext, key, input);
  },

  async GenerateDataKeyPair(input, call) {
    refuseRecipient(input);
    const { privateKey, ...rest } = await dataKeyPair(input, 'GenerateDataKeyPair', call);
    return { ...rest, PrivateKeyPlaintext: privateKey };
  },

  async GenerateDataKeyPairWithoutPlaintext(input, call) {
    const { privateKey: _kept, ...rest } = await dataKeyPair(
      input,
      'GenerateDataKeyPairWithoutPlaintext',
      call,
    );
    return rest;
  },

  GenerateRandom(input) {
    refuseRecipient(input);
    if (input.CustomKeyStoreId !== undefined)
      throw unsupported('Custom key stores are not emulated.');
    const { NumberOfBytes: count } = input;
    if (count === undefined) throw invalid('NumberOfBytes is required.');
    return { Plaintext: new Uint8Array(randomBytes(checkCount(count))) };
  },
} satisfies KmsHandlers;

const symmetric = (id: string | undefined, operation: string, call: KmsCall): Key => {
  const key = checkUsage(checkEnabled(findKey(id, call)), 'ENCRYPT_DECRYPT', operation);
  if (key.pair) throw incompatible('SYMMETRIC_DEFAULT', key); // text unverified
  return key;
};

function dataKey(input: GenerateDataKeyRequest, operation: string, call: KmsCall) {
  const key = symmetric(input.KeyId, operation, call);
  const { KeySpec: spec, NumberOfBytes: count } = input;
  if ((spec === undefined) === (count === undefined))
    throw invalid('Please specify either number of bytes or key spec.');
  const length = spec === undefined ? checkCount(count ?? 0) : spec === 'AES_128' ? 16 : 32;
  endDryRun(input);
  return { key, plaintext: new Uint8Array(randomBytes(length)) };
}

const checkCount = (count: number): number => {
  checkRange(count, 'numberOfBytes', [1, 1024]);
  return count;
};

const sealed = (
  plaintext: Uint8Array,
  key: Key,
  { EncryptionContext: context }: GenerateDataKeyRequest,
) => ({
  CiphertextBlob: seal(plaintext, key, context),
  KeyId: key.arn,
  KeyMaterialId: key.materials.at(-1)?.id,
});

async function dataKeyPair(input: GenerateDataKeyPairRequest, operation: string, call: KmsCall) {
  const key = symmetric(input.KeyId, operation, call);
  const { KeyPairSpec: spec } = input;
  const pair = await freshPair(spec ?? '');
  if (!pair) throw unsupported(`Key pairs of spec ${spec} are not emulated.`);
  endDryRun(input);
  return {
    PrivateKeyCiphertextBlob: seal(pair.privateKey, key, input.EncryptionContext),
    privateKey: pair.privateKey,
    PublicKey: pair.publicKey,
    KeyId: key.arn,
    KeyPairSpec: spec,
    KeyMaterialId: key.materials.at(-1)?.id,
  };
}
