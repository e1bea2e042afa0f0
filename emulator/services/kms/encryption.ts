import { type EncryptionAlgorithmSpec, IncorrectKeyException } from '@aws-sdk/client-kms';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { type EncryptionContext, open, readSealed, seal } from './envelope';
import {
  checkEnabled,
  checkUsage,
  wrongLength,
  endDryRun,
  incompatible,
  invalidCiphertext,
  refuseRecipient,
} from './errors';
import { findKey, lookUpKey } from './find-key';
import { decryptPrivately, encryptPublicly } from './rsa';
import { specs } from './specs';
import type { Key, KmsCall, KmsHandlers } from './state';

/** Encryption of small things, four kilobytes at most, and back. */
export const encryption = {
  Encrypt(input, call) {
    const key = usable(input.KeyId, 'Encrypt', call);
    const plaintext = checkPlaintext(input.Plaintext);
    const algorithm = algorithmFor(key, input.EncryptionAlgorithm);
    endDryRun(input);
    return {
      KeyId: key.arn,
      CiphertextBlob: encrypted(plaintext, key, { algorithm, context: input.EncryptionContext }),
      EncryptionAlgorithm: algorithm,
    };
  },

  Decrypt(input, call) {
    refuseRecipient(input);
    const { key, plaintext, algorithm, materialId } = decrypted(
      {
        blob: input.CiphertextBlob,
        keyId: input.KeyId,
        algorithm: input.EncryptionAlgorithm,
        context: input.EncryptionContext,
      },
      'Decrypt',
      call,
    );
    endDryRun(input);
    return {
      KeyId: key.arn,
      Plaintext: plaintext,
      EncryptionAlgorithm: algorithm,
      ...(materialId === undefined ? {} : { KeyMaterialId: materialId }),
    };
  },

  ReEncrypt(input, call) {
    const source = decrypted(
      {
        blob: input.CiphertextBlob,
        keyId: input.SourceKeyId,
        algorithm: input.SourceEncryptionAlgorithm,
        context: input.SourceEncryptionContext,
      },
      'ReEncrypt',
      call,
    );
    const key = usable(input.DestinationKeyId, 'ReEncrypt', call);
    const algorithm = algorithmFor(key, input.DestinationEncryptionAlgorithm);
    endDryRun(input);
    return {
      CiphertextBlob: encrypted(source.plaintext, key, {
        algorithm,
        context: input.DestinationEncryptionContext,
      }),
      SourceKeyId: source.key.arn,
      KeyId: key.arn,
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: algorithm,
    };
  },
} satisfies KmsHandlers;

/** The key that decrypts: the one that is named, else the one that the ciphertext names. */
export function decryptingKey(
  { keyId, blob }: { keyId: string | undefined; blob: Uint8Array | undefined },
  call: KmsCall,
): Key | undefined {
  if (keyId !== undefined) return findKey(keyId, call);
  const sealed = blob && readSealed(blob);
  return (
    sealed &&
    lookUpKey(`arn:aws:kms:${sealed.region}:${sealed.accountId}:key/${sealed.keyId}`, call)
  );
}

const usable = (id: string | undefined, operation: string, call: KmsCall): Key =>
  checkUsage(checkEnabled(findKey(id, call)), 'ENCRYPT_DECRYPT', operation);

function checkPlaintext(plaintext: Uint8Array = new Uint8Array()): Uint8Array {
  if (plaintext.length === 0) throw wrongLength('plaintext', 'greater than or equal to 1');
  if (plaintext.length > 4096) throw wrongLength('plaintext', 'less than or equal to 4096');
  return plaintext;
}

function algorithmFor(
  key: Key,
  algorithm: EncryptionAlgorithmSpec = 'SYMMETRIC_DEFAULT',
): EncryptionAlgorithmSpec {
  if (!specs[key.spec]?.encryption?.includes(algorithm)) throw incompatible(algorithm, key);
  return algorithm;
}

interface How {
  algorithm: EncryptionAlgorithmSpec;
  context?: EncryptionContext | undefined;
}

const encrypted = (plaintext: Uint8Array, key: Key, { algorithm, context }: How): Uint8Array =>
  key.pair ? encryptPublicly(plaintext, key, algorithm) : seal(plaintext, key, context);

interface Encrypted {
  blob: Uint8Array | undefined;
  keyId: string | undefined;
  algorithm: EncryptionAlgorithmSpec | undefined;
  context: EncryptionContext | undefined;
}

function decrypted(
  { blob = new Uint8Array(), ...input }: Encrypted,
  operation: string,
  call: KmsCall,
) {
  const found = decryptingKey({ ...input, blob }, call);
  if (!found) throw readSealed(blob) ? unknownKey() : invalidCiphertext();
  const key = checkUsage(checkEnabled(found), 'ENCRYPT_DECRYPT', operation);
  const algorithm = algorithmFor(key, input.algorithm);
  if (key.pair)
    return {
      key,
      algorithm,
      plaintext: decryptPrivately(blob, key, algorithm),
      materialId: undefined,
    };
  const sealed = readSealed(blob);
  if (!sealed) throw invalidCiphertext();
  if (sealed.keyId !== key.id)
    throw refuse(
      IncorrectKeyException,
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  const opened = open(sealed, key, input.context);
  if (!opened) throw invalidCiphertext();
  return { key, algorithm, plaintext: opened.plaintext, materialId: opened.material.id };
}

const unknownKey = () =>
  awsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
