import { awsError } from '../../errors';
import { errors, invalidArgument } from './errors';
import type { Bucket, S3Call, StoredObject, Version } from './state';

/** The bucket of that name in whatever account; names are unique over all of them. */
export function bucketAnywhere(call: S3Call, name: string): Bucket | undefined {
  const own = call.state.buckets.get(name);
  if (own) return own;
  for (const { state } of call.states()) {
    const bucket = state.buckets.get(name);
    if (bucket) return bucket;
  }
  return undefined;
}

/** The bucket that a request names, or NoSuchBucket; checks `x-amz-expected-bucket-owner`. */
export function findBucket(
  call: S3Call,
  { Bucket: name = '', ExpectedBucketOwner: owner }: BucketInput,
): Bucket {
  const bucket = bucketAnywhere(call, name);
  if (!bucket) throw errors.NoSuchBucket({ BucketName: name });
  if (owner !== undefined && !/^\d{12}$/.test(owner))
    throw awsError(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
    );
  if (owner !== undefined && owner !== bucket.accountId) throw errors.AccessDenied();
  // Opening the other account's state has its changes saved.
  if (bucket.accountId !== call.accountId) call.stateOf(bucket.accountId, bucket.region);
  return bucket;
}

/** Members by which S3's operations name a bucket. */
export interface BucketInput {
  Bucket?: string | undefined;
  ExpectedBucketOwner?: string | undefined;
}

interface ObjectInput extends BucketInput {
  Key?: string | undefined;
  VersionId?: string | undefined;
}

/** Refuses an id that S3 cannot have given to a version. */
export function checkVersionId(id: string | undefined): void {
  if (id !== undefined && !isVersionId(id))
    throw invalidArgument('Invalid version id specified', 'versionId', id);
}

/** S3 reads an id before it looks for the version; `null` is that of unversioned buckets. */
export const isVersionId = (id: string): boolean => /^(null|[A-Z0-9]{32})$/.test(id);

/** An object's newest version, or the one asked for. */
export function findVersion(
  bucket: Bucket,
  { Key: key = '', VersionId: id }: ObjectInput,
): Version {
  checkVersionId(id);
  const versions = bucket.objects.get(key) ?? [];
  const found = id === undefined ? versions[0] : versions.find(({ versionId }) => versionId === id);
  if (found) return found;
  if (id === undefined) throw errors.NoSuchKey({ Key: key });
  throw errors.NoSuchVersion({ Key: key, VersionId: id });
}

/** The object itself: a delete marker is no object and answers as S3 does. */
export function findObject(bucket: Bucket, input: ObjectInput): StoredObject {
  const version = findVersion(bucket, input);
  if (version.kind === 'object') return version;
  if (input.VersionId === undefined) throw errors.NoSuchKey({ Key: input.Key });
  throw errors.MethodNotAllowed({ Method: 'GET', ResourceType: 'DeleteMarker' });
}

/** `x-amz-version-id`, which only versioned buckets answer. */
export const versionHeader = (bucket: Bucket, { versionId }: { versionId: string }) =>
  bucket.versioning ? { VersionId: versionId } : {};

/** Tells the feed that a bucket changed. */
export const announce = (call: S3Call, kind: 'CREATE' | 'UPDATE' | 'DELETE', { name }: Bucket) =>
  call.announce({ kind, type: 'AWS::S3::Bucket', id: name });

export const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
