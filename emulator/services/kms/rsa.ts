import type { EncryptionAlgorithmSpec } from '@aws-sdk/client-kms';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { invalid, invalidCiphertext } from './errors';
import type { Key } from './state';

/** Encrypts under the public half of a key; OAEP leaves room for less than the key's own length. */
export function encryptPublicly(
  plaintext: Uint8Array,
  { pair, spec }: Key,
  algorithm: EncryptionAlgorithmSpec,
): Uint8Array {
  const der = Buffer.from(pair?.publicKey ?? []);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  try {
    return new Uint8Array(publicEncrypt({ key, ...oaep(algorithm) }, plaintext));
  } catch (cause) {
    const tooLong = invalid(
      `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${roomIn(spec, algorithm)} bytes.`,
    );
    throw Object.assign(tooLong, { cause });
  }
}

/** Decrypts with the private half of a key. */
export function decryptPrivately(
  blob: Uint8Array,
  { pair }: Key,
  algorithm: EncryptionAlgorithmSpec,
): Uint8Array {
  const der = Buffer.from(pair?.privateKey ?? []);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  try {
    return new Uint8Array(privateDecrypt({ key, ...oaep(algorithm) }, blob));
  } catch {
    throw invalidCiphertext();
  }
}

/** Of a key's bytes OAEP takes two digests and two bytes more (RFC 8017 section 7.1.1). */
const roomIn = (spec: string, algorithm: string): number =>
  Number(spec.replace('RSA_', '')) / 8 - 2 * (algorithm.endsWith('SHA_1') ? 20 : 32) - 2;

const oaep = (algorithm: EncryptionAlgorithmSpec) => ({
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256',
});
