import type { StorageClass } from '@aws-sdk/client-s3';
import { awsError } from '../../errors';
import { invalidArgument } from './errors';
import type { Bucket, Checksums, Encryption, ObjectHeaders } from './state';

type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** The members that have a value, so that absent ones stay absent. */
function present<T extends object>(given: Given<T>, names: (keyof T)[]): Partial<T> {
  const found: Partial<T> = {};
  for (const name of names) {
    const value = given[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** The headers of an upload that S3 keeps. */
export const headersIn = (
  input: Given<Omit<ObjectHeaders, 'Expires'>> & { Expires?: unknown },
) => ({
  ...present<ObjectHeaders>({ ...input, Expires: undefined }, [
    'CacheControl',
    'ContentDisposition',
    'ContentEncoding',
    'ContentLanguage',
    'ContentType',
    'WebsiteRedirectLocation',
  ]),
  ...(input.Expires instanceof Date ? { Expires: input.Expires } : {}),
});

/** The checksums that came with an upload, proved by the wire. */
export const checksumsIn = (input: Given<Checksums>): Checksums =>
  present<Checksums>(input, [
    'ChecksumCRC32',
    'ChecksumCRC32C',
    'ChecksumCRC64NVME',
    'ChecksumSHA1',
    'ChecksumSHA256',
  ]);

const metadataLimit = 2048;

/** User metadata: names in lower case, 2 KB together. */
export function metadataIn(metadata: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]);
  const size = entries.flat().reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  if (size <= metadataLimit) return Object.fromEntries(entries) as Record<string, string>;
  throw awsError(
    'MetadataTooLarge',
    'Your metadata headers exceed the maximum allowed metadata size',
    {
      members: { Size: size, MaxSizeAllowed: metadataLimit },
    },
  );
}

const storageClasses: StorageClass[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

/** The storage class of an upload: stored and shown, nothing is ever archived. */
export function storageClassIn(wanted: StorageClass = 'STANDARD'): StorageClass {
  if (storageClasses.includes(wanted)) return wanted;
  throw awsError('InvalidStorageClass', 'The storage class you specified is not valid', {
    members: { StorageClassRequested: wanted },
  });
}

interface EncryptionInput {
  ServerSideEncryption?: string | undefined;
  SSEKMSKeyId?: string | undefined;
  SSECustomerAlgorithm?: string | undefined;
  BucketKeyEnabled?: boolean | undefined;
}

const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;

const isAlgorithm = (text: string): text is (typeof algorithms)[number] =>
  algorithms.some((each) => each === text);

function checkEncryption({ SSECustomerAlgorithm, ServerSideEncryption }: EncryptionInput) {
  if (SSECustomerAlgorithm !== undefined) {
    throw awsError('NotImplemented', 'Server-side encryption with customer keys is not emulated.');
  }
  if (ServerSideEncryption !== undefined && !isAlgorithm(ServerSideEncryption)) {
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      ServerSideEncryption,
    );
  }
}

/** The bucket's default in the form in which an upload would ask for it. */
function usualEncryption({ encryption: [rule] }: Bucket): EncryptionInput {
  const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  return {
    ServerSideEncryption: SSEAlgorithm,
    SSEKMSKeyId: KMSMasterKeyID,
    BucketKeyEnabled: rule?.BucketKeyEnabled,
  };
}

/** How an upload is encrypted: as it asks, else as the bucket does by default. */
export function encryptionFor(bucket: Bucket, input: EncryptionInput): Encryption {
  checkEncryption(input);
  const usual = usualEncryption(bucket);
  const { ServerSideEncryption: algorithm = 'AES256', SSEKMSKeyId: key } =
    input.ServerSideEncryption === undefined ? usual : input;
  if (!isAlgorithm(algorithm) || algorithm === 'AES256') return { ServerSideEncryption: 'AES256' };
  return {
    ServerSideEncryption: algorithm,
    ...(key && { SSEKMSKeyId: key }),
    ...((input.BucketKeyEnabled ?? usual.BucketKeyEnabled) && { BucketKeyEnabled: true }),
  };
}
