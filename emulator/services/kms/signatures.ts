import { KMSInvalidSignatureException, type SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
} from 'node:crypto';
import { refuse } from '../../refuse';
import {
  checkEnabled,
  checkUsage,
  wrongLength,
  endDryRun,
  incompatible,
  invalid,
  unsupported,
} from './errors';
import { findKey } from './find-key';
import { algorithmsOf } from './keys';
import { specs } from './specs';
import type { Key, KmsCall, KmsHandlers } from './state';
import { table } from '../../table';

/** Signatures by asymmetric keys. */
export const signatures = {
  Sign(input, call) {
    const asked = readInput(input, 'Sign', call);
    endDryRun(input);
    return {
      KeyId: asked.key.arn,
      Signature: signed(asked),
      SigningAlgorithm: asked.algorithm,
    };
  },

  Verify(input, call) {
    const asked = readInput(input, 'Verify', call);
    if (!isSignature(asked, input.Signature ?? new Uint8Array()))
      throw refuse(KMSInvalidSignatureException, '');
    endDryRun(input);
    return { KeyId: asked.key.arn, SignatureValid: true, SigningAlgorithm: asked.algorithm };
  },

  GetPublicKey({ KeyId: id }, call) {
    const key = checkEnabled(findKey(id, call));
    if (!key.pair) throw unsupported(`${key.arn} is of spec ${key.spec}, which has no public key.`); // text unverified
    return {
      KeyId: key.arn,
      PublicKey: key.pair.publicKey,
      CustomerMasterKeySpec: key.spec as never,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      ...algorithmsOf(key),
    };
  },
} satisfies KmsHandlers;

interface Asked {
  key: Key;
  message: Uint8Array;
  algorithm: SigningAlgorithmSpec;
  isDigest: boolean;
}

interface Input {
  KeyId: string | undefined;
  Message: Uint8Array | undefined;
  MessageType?: string | undefined;
  SigningAlgorithm: SigningAlgorithmSpec | undefined;
}

function readInput(input: Input, operation: string, call: KmsCall): Asked {
  const key = checkUsage(checkEnabled(findKey(input.KeyId, call)), 'SIGN_VERIFY', operation);
  const { SigningAlgorithm: algorithm, Message: message = new Uint8Array() } = input;
  if (algorithm === undefined || !specs[key.spec]?.signing?.includes(algorithm))
    throw incompatible(algorithm, key);
  checkLength(message);
  return { key, message, algorithm, isDigest: isDigest(input, message, algorithm) };
}

function checkLength({ length }: Uint8Array): void {
  if (length === 0) throw wrongLength('message', 'greater than or equal to 1');
  if (length > 4096) throw wrongLength('message', 'less than or equal to 4096');
}

function isDigest(
  { MessageType: type = 'RAW' }: Input,
  message: Uint8Array,
  algorithm: SigningAlgorithmSpec,
): boolean {
  if (type === 'RAW') return false;
  if (type !== 'DIGEST') throw unsupported(`MessageType ${type} is not emulated.`);
  checkDigest(message, algorithm);
  return true;
}

function checkDigest(message: Uint8Array, algorithm: SigningAlgorithmSpec): void {
  if (message.length !== Number(bitsOf(algorithm)) / 8)
    throw invalid(`Digest is invalid length for algorithm ${algorithm}.`);
  if (!algorithm.startsWith('RSASSA_PKCS1'))
    throw unsupported(`MessageType DIGEST is not emulated for ${algorithm}.`);
}

const bitsOf = (algorithm: string): string => algorithm.slice(-3);
const hashOf = (algorithm: string): string => `sha${bitsOf(algorithm)}`;

const padding = (algorithm: string) =>
  algorithm.startsWith('RSASSA_PSS')
    ? {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }
    : {};

// DER of DigestInfo up to the digest itself, RFC 8017 section 9.2.
const digestInfo: Record<string, string> = table({
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
});

const infoOf = ({ algorithm, message }: Asked): Buffer =>
  Buffer.concat([Buffer.from(digestInfo[hashOf(algorithm)] ?? '', 'hex'), message]);

function signed(asked: Asked): Uint8Array {
  const { key, message, algorithm } = asked;
  const privateKey = createPrivateKey({
    key: Buffer.from(key.pair?.privateKey ?? []),
    format: 'der',
    type: 'pkcs8',
  });
  const signature = asked.isDigest
    ? privateEncrypt(privateKey, infoOf(asked))
    : sign(hashOf(algorithm), message, { key: privateKey, ...padding(algorithm) });
  return new Uint8Array(signature);
}

function isSignature(asked: Asked, signature: Uint8Array): boolean {
  const { key, message, algorithm } = asked;
  const publicKey = createPublicKey({
    key: Buffer.from(key.pair?.publicKey ?? []),
    format: 'der',
    type: 'spki',
  });
  if (!asked.isDigest)
    return verify(hashOf(algorithm), message, { key: publicKey, ...padding(algorithm) }, signature);
  try {
    return publicDecrypt(publicKey, signature).equals(infoOf(asked));
  } catch {
    return false;
  }
}
