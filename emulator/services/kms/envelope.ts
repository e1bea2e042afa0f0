import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Key, Material } from './state';

/**
 * A ciphertext names its key and material, so that Decrypt needs no key id:
 * magic, account (12), Region length and Region, key id (16 bytes), digest of the material's id (8),
 * nonce (12), tag (16), text.
 */
const magic = Buffer.from('01020200', 'hex');
const nonceLength = 12;
const tagLength = 16;
const markLength = 8;

export type EncryptionContext = Record<string, string>;

/** What can be read of a ciphertext without its key. */
export interface Sealed {
  accountId: string;
  region: string;
  keyId: string;
  mark: Uint8Array;
  header: Uint8Array;
  body: Uint8Array;
}

/** AES-256-GCM under the newest material; the context is authenticated, not stored. */
export function seal(plaintext: Uint8Array, key: Key, context: EncryptionContext = {}): Uint8Array {
  const material = key.materials.at(-1);
  if (!material) throw new Error(`${key.arn} has no symmetric material`);
  const header = headerOf(key, material);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', material.secret, nonce);
  cipher.setAAD(authenticated(header, context));
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return new Uint8Array(Buffer.concat([header, nonce, cipher.getAuthTag(), text]));
}

/** The plaintext, or nothing when text or context are not what was sealed. */
export function open(
  { header, body, mark }: Sealed,
  key: Key,
  context: EncryptionContext = {},
): { plaintext: Uint8Array; material: Material } | undefined {
  const material = key.materials.find(({ id }) => Buffer.compare(markOf(id), mark) === 0);
  if (!material) return undefined;
  const cipher = createDecipheriv('aes-256-gcm', material.secret, body.subarray(0, nonceLength));
  cipher.setAAD(authenticated(header, context));
  cipher.setAuthTag(body.subarray(nonceLength, nonceLength + tagLength));
  try {
    const text = [cipher.update(body.subarray(nonceLength + tagLength)), cipher.final()];
    return { plaintext: new Uint8Array(Buffer.concat(text)), material };
  } catch {
    // Node tells a wrong tag by an exception without a code of its own.
    return undefined;
  }
}

/** Takes a ciphertext apart; nothing for bytes that are none. */
export function readSealed(blob: Uint8Array): Sealed | undefined {
  const bytes = Buffer.from(blob);
  const regionAt = magic.length + 12 + 1;
  const keyAt = regionAt + (bytes[regionAt - 1] ?? 0);
  const bodyAt = keyAt + 16 + markLength;
  if (!bytes.subarray(0, magic.length).equals(magic)) return undefined;
  if (bytes.length < bodyAt + nonceLength + tagLength) return undefined;
  const digits = bytes.subarray(keyAt, keyAt + 16).toString('hex');
  return {
    accountId: bytes.subarray(magic.length, magic.length + 12).toString(),
    region: bytes.subarray(regionAt, keyAt).toString(),
    keyId: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    mark: bytes.subarray(keyAt + 16, bodyAt),
    header: bytes.subarray(0, bodyAt),
    body: bytes.subarray(bodyAt),
  };
}

function headerOf({ id, accountId, arn }: Key, material: Material): Buffer {
  const region = Buffer.from(arn.split(':')[3] ?? '');
  return Buffer.concat([
    magic,
    Buffer.from(accountId),
    Buffer.from([region.length]),
    region,
    Buffer.from(id.replaceAll('-', ''), 'hex'),
    markOf(material.id),
  ]);
}

const markOf = (id: string): Buffer =>
  createHash('sha256').update(id).digest().subarray(0, markLength);

const authenticated = (header: Uint8Array, context: EncryptionContext): Buffer =>
  Buffer.concat([
    header,
    Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1)))),
  ]);
