import type {
  EncryptionAlgorithmSpec,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { table } from '../../table';

/** What a key spec can be used for and how. */
export interface Spec {
  usages: KeyUsageType[];
  signing?: SigningAlgorithmSpec[];
  encryption?: EncryptionAlgorithmSpec[];
  macs?: MacAlgorithmSpec[];
}

const rsa: Spec = {
  usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
  encryption: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  signing: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
};

const ecc = (algorithm: SigningAlgorithmSpec): Spec => ({
  usages: ['SIGN_VERIFY'],
  signing: [algorithm],
});

const hmac = (algorithm: MacAlgorithmSpec): Spec => ({
  usages: ['GENERATE_VERIFY_MAC'],
  macs: [algorithm],
});

/** The key specs that are emulated. */
export const specs: Partial<Record<string, Spec>> = table({
  SYMMETRIC_DEFAULT: { usages: ['ENCRYPT_DECRYPT'], encryption: ['SYMMETRIC_DEFAULT'] },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: ecc('ECDSA_SHA_256'),
  ECC_NIST_P384: ecc('ECDSA_SHA_384'),
  ECC_NIST_P521: ecc('ECDSA_SHA_512'),
  ECC_SECG_P256K1: ecc('ECDSA_SHA_256'),
  HMAC_224: hmac('HMAC_SHA_224'),
  HMAC_256: hmac('HMAC_SHA_256'),
  HMAC_384: hmac('HMAC_SHA_384'),
  HMAC_512: hmac('HMAC_SHA_512'),
});

const curves: Record<string, string> = table({
  ECC_NIST_P256: 'P-256',
  ECC_NIST_P384: 'P-384',
  ECC_NIST_P521: 'P-521',
  ECC_SECG_P256K1: 'secp256k1',
});

const encodings = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

interface Pair {
  privateKey: Uint8Array;
  publicKey: Uint8Array;
}

const generate = promisify(generateKeyPair) as unknown as (
  type: string,
  options: object,
) => Promise<Pair>;

/** A fresh pair for `RSA_2048` or `ECC_NIST_P256`; nothing for a spec that has none. */
export async function freshPair(spec: string): Promise<Pair | undefined> {
  const namedCurve = curves[spec];
  const bits = /^RSA_(\d+)$/.exec(spec)?.[1];
  if (namedCurve === undefined && bits === undefined) return undefined;
  const { privateKey, publicKey } =
    namedCurve === undefined
      ? await generate('rsa', { ...encodings, modulusLength: Number(bits) })
      : await generate('ec', { ...encodings, namedCurve });
  return { privateKey: new Uint8Array(privateKey), publicKey: new Uint8Array(publicKey) };
}

/** Secret bytes for a symmetric or HMAC key; nothing for an asymmetric one. */
export function freshSecret(spec: KeySpec): Uint8Array | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return new Uint8Array(randomBytes(32));
  const bits = /^HMAC_(\d+)$/.exec(spec)?.[1];
  return bits === undefined ? undefined : new Uint8Array(randomBytes(Number(bits) / 8));
}
