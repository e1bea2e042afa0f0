import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What envelope encryption needs of a KMS client. */
export interface DataKeys {
  generateDataKey(input: {
    KeyId: string;
    KeySpec: 'AES_256';
    EncryptionContext: Record<string, string>;
  }): Promise<{
    Plaintext?: Uint8Array | undefined;
    CiphertextBlob?: Uint8Array | undefined;
    KeyId?: string | undefined;
  }>;
  decrypt(input: {
    CiphertextBlob: Uint8Array;
    EncryptionContext: Record<string, string>;
  }): Promise<{ Plaintext?: Uint8Array | undefined }>;
}

/** Data with the key that encrypted it, itself encrypted by KMS. */
export interface Enveloped {
  /** ARN of the KMS key. */
  keyArn: string;
  dataKey: Uint8Array;
  nonce: Uint8Array;
  tag: Uint8Array;
  text: Uint8Array;
}

interface Under {
  keyId: string;
  context: Record<string, string>;
}

/** Encrypts data of any size under a fresh data key; KMS decides whether the caller may. */
export async function envelope(
  kms: DataKeys,
  { keyId, context }: Under,
  plaintext: Uint8Array,
): Promise<Enveloped> {
  const made = await kms.generateDataKey({
    KeyId: keyId,
    KeySpec: 'AES_256',
    EncryptionContext: context,
  });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', made.Plaintext ?? new Uint8Array(), nonce);
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return {
    keyArn: made.KeyId ?? '',
    dataKey: made.CiphertextBlob ?? new Uint8Array(),
    nonce: new Uint8Array(nonce),
    tag: new Uint8Array(cipher.getAuthTag()),
    text: new Uint8Array(text),
  };
}

/** Has KMS decrypt the data key, and with it the data. */
export async function unfold(
  kms: DataKeys,
  { dataKey, nonce, tag, text }: Enveloped,
  context: Record<string, string>,
): Promise<Uint8Array> {
  const opened = await kms.decrypt({ CiphertextBlob: dataKey, EncryptionContext: context });
  const cipher = createDecipheriv('aes-256-gcm', opened.Plaintext ?? new Uint8Array(), nonce);
  cipher.setAuthTag(tag);
  return new Uint8Array(Buffer.concat([cipher.update(text), cipher.final()]));
}
