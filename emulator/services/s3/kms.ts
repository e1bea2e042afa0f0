import type { KMS } from '@aws-sdk/client-kms';
import { awsError } from '../../errors';
import { bucketArn } from './lookup';
import type { Bucket, Encryption, S3Call } from './state';

/** How an object is encrypted, with the data key that KMS gave for it. */
export interface Sealing {
  encryption: Encryption;
  dataKey?: Uint8Array;
}

interface Place {
  bucket: Bucket;
  key: string;
}

const managedKey = 'alias/aws/s3';

const kmsOf = ({ region }: Bucket, call: S3Call): KMS =>
  call.client<KMS>('kms', { ...call.onBehalf('s3.amazonaws.com'), region });

/** With a bucket key, KMS knows of the bucket only. */
const contextOf = ({ bucket, key }: Place, { BucketKeyEnabled: byBucket }: Encryption) => ({
  'aws:s3:arn': byBucket ? bucketArn(bucket.name) : `${bucketArn(bucket.name)}/${key}`,
});

/** Asks KMS for a data key as the caller, who needs kms:GenerateDataKey; nothing for other encryption. */
export async function seal(place: Place, encryption: Encryption, call: S3Call): Promise<Sealing> {
  if (encryption.ServerSideEncryption === 'AES256') return { encryption };
  const made = await kmsOf(place.bucket, call)
    .generateDataKey({
      KeyId: encryption.SSEKMSKeyId ?? managedKey,
      KeySpec: 'AES_256',
      EncryptionContext: contextOf(place, encryption),
    })
    .catch(asOurs);
  return {
    encryption: { ...encryption, ...(made.KeyId && { SSEKMSKeyId: made.KeyId }) },
    ...(made.CiphertextBlob && { dataKey: made.CiphertextBlob }),
  };
}

/** Has KMS open the data key as the caller, who needs kms:Decrypt. */
export async function unseal(
  place: Place,
  { encryption, dataKey }: Sealing,
  call: S3Call,
): Promise<void> {
  if (!dataKey) return;
  await kmsOf(place.bucket, call)
    .decrypt({ CiphertextBlob: dataKey, EncryptionContext: contextOf(place, encryption) })
    .catch(asOurs);
}

/** S3 repeats what KMS says; a denial is its own AccessDenied. */
function asOurs(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  if (error.name === 'AccessDeniedException')
    throw awsError('AccessDenied', error.message, { status: 403 });
  throw awsError(`KMS.${error.name}`, error.message);
}
