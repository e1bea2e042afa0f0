import { DecryptionFailure, EncryptionFailure } from '@aws-sdk/client-secrets-manager';
import type { KMS } from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import { envelope, unfold } from '../../data-key';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import type { Secret, SecretsCall, Version } from './state';

/** A secret's text or bytes, as requests carry it. */
export interface Value {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
}

const managedKey = 'alias/aws/secretsmanager';

const kmsOf = (call: SecretsCall): KMS =>
  call.client<KMS>('kms', call.onBehalf('secretsmanager.amazonaws.com'));

const contextOf = (secret: Secret, versionId: string) => ({
  SecretARN: secret.arn,
  SecretVersionId: versionId,
});

/** Tells equal values from others without keeping them. */
export const digestOf = ({ SecretString: text, SecretBinary: bytes }: Value): string =>
  createHash('sha256')
    .update(text === undefined ? 'binary' : 'string')
    .update(text ?? bytes ?? '')
    .digest('hex');

/** Encrypts a value as the caller, who needs kms:GenerateDataKey through Secrets Manager. */
export async function sealValue(
  secret: Secret,
  { versionId, value }: { versionId: string; value: Value },
  call: SecretsCall,
): Promise<Version['value']> {
  const { SecretString: text, SecretBinary: bytes } = value;
  const plaintext = text === undefined ? (bytes ?? new Uint8Array()) : Buffer.from(text);
  const under = {
    keyId: secret.kmsKeyId ?? managedKey,
    context: contextOf(secret, versionId),
  };
  const sealed = await envelope(kmsOf(call), under, plaintext).catch(
    asOurs(
      EncryptionFailure,
      "Secrets Manager can't encrypt the protected secret text using the provided KMS key.",
    ),
  );
  return { kind: text === undefined ? 'binary' : 'string', sealed, digest: digestOf(value) };
}

/** Decrypts a version as the caller, who needs kms:Decrypt through Secrets Manager. */
export async function openValue(
  secret: Secret,
  { id, value }: Version,
  call: SecretsCall,
): Promise<Value> {
  if (!value) return {};
  const plaintext = await unfold(kmsOf(call), value.sealed, contextOf(secret, id)).catch(
    asOurs(
      DecryptionFailure,
      "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
    ),
  );
  return value.kind === 'string'
    ? { SecretString: Buffer.from(plaintext).toString() }
    : { SecretBinary: plaintext };
}

const asOurs =
  (Exception: typeof DecryptionFailure | typeof EncryptionFailure, text: string) =>
  (error: unknown): never => {
    if (error instanceof Error && error.name === 'AccessDeniedException')
      throw awsError('AccessDeniedException', 'Access to KMS is not allowed');
    throw refuse(Exception as typeof DecryptionFailure, text);
  };
