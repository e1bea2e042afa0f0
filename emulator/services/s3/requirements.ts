import type { S3 } from '@aws-sdk/client-s3';
import type { Permission, Requirements } from '../../service';
import { parseCopySource } from './copying';
import { bucketAnywhere, bucketArn, findVersion } from './lookup';
import type { S3Call, S3State } from './state';

type Context = Record<string, string>;

interface ObjectInput {
  Bucket?: string | undefined;
  Key?: string | undefined;
  VersionId?: string | undefined;
}

/** S3's ARNs name no account, so the owner is told apart: another account's bucket needs its policy. */
function ownerOf(call: S3Call, bucket = ''): Context {
  const found = bucketAnywhere(call, bucket);
  return found ? { 'aws:ResourceAccount': found.accountId } : {};
}

/** An action on a bucket, by the name IAM gives it, which is often not the operation's. */
const onBucket =
  (action: string) =>
  ({ Bucket: bucket = '' }: { Bucket?: string | undefined }, call: S3Call): Permission => ({
    action: `s3:${action}`,
    resources: [bucketArn(bucket)],
    context: ownerOf(call, bucket),
  });

function objectTags(call: S3Call, input: ObjectInput): Context {
  const bucket = bucketAnywhere(call, input.Bucket ?? '');
  if (!bucket?.objects.has(input.Key ?? '')) return {};
  const version = findVersion(bucket, { ...input, VersionId: undefined });
  const tags = version.kind === 'object' ? Object.entries(version.tags) : [];
  return Object.fromEntries(tags.map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]));
}

/** An action on an object; reads and deletes of one version have actions of their own. */
const onObject =
  (action: string, ofVersion = action) =>
  (input: ObjectInput, call: S3Call): Permission => {
    const { Bucket: bucket = '', Key: key = '', VersionId: version } = input;
    return {
      action: `s3:${version === undefined ? action : ofVersion}`,
      resources: [`${bucketArn(bucket)}/${key}`],
      context: {
        ...ownerOf(call, bucket),
        ...objectTags(call, input),
        ...(version === undefined ? {} : { 's3:VersionId': version }),
      },
    };
  };

interface ListInput {
  Bucket?: string | undefined;
  Prefix?: string | undefined;
  Delimiter?: string | undefined;
  MaxKeys?: number | undefined;
}

const onList =
  (action: string) =>
  (input: ListInput, call: S3Call): Permission => {
    const base = onBucket(action)(input, call);
    const asked: Context = {
      // A listing without a prefix is one with an empty prefix, and policies rely on it.
      's3:prefix': input.Prefix ?? '',
      ...(input.Delimiter && { 's3:delimiter': input.Delimiter }),
      ...(input.MaxKeys === undefined ? {} : { 's3:max-keys': String(input.MaxKeys) }),
    };
    return { ...base, context: { ...base.context, ...asked } };
  };

interface WriteInput extends ObjectInput {
  ACL?: string | undefined;
  ServerSideEncryption?: string | undefined;
  StorageClass?: string | undefined;
  Tagging?: string | undefined;
}

const putObject = onObject('PutObject');

function onWrite(input: WriteInput, call: S3Call): Permission[] {
  const base = putObject({ Bucket: input.Bucket, Key: input.Key }, call);
  const asked: Context = {
    ...(input.ACL && { 's3:x-amz-acl': input.ACL }),
    ...(input.ServerSideEncryption && {
      's3:x-amz-server-side-encryption': input.ServerSideEncryption,
    }),
    ...(input.StorageClass && { 's3:x-amz-storage-class': input.StorageClass }),
  };
  const write = { ...base, context: { ...base.context, ...asked } };
  return input.Tagging ? [write, { ...write, action: 's3:PutObjectTagging' }] : [write];
}

const getObject = onObject('GetObject', 'GetObjectVersion');

const onCopy = (input: WriteInput & { CopySource?: string | undefined }, call: S3Call) => [
  getObject(parseCopySource(input.CopySource), call),
  ...onWrite(input, call),
];

const deleteObject = onObject('DeleteObject', 'DeleteObjectVersion');

/** What IAM is asked: actions by their IAM names, on `arn:aws:s3:::bucket` or `bucket/key`. */
export const permissions: Requirements<S3, S3State> = {
  AbortMultipartUpload: onObject('AbortMultipartUpload'),
  CompleteMultipartUpload: onObject('PutObject'),
  CopyObject: onCopy,
  CreateBucket: onBucket('CreateBucket'),
  CreateMultipartUpload: onWrite,
  DeleteBucket: onBucket('DeleteBucket'),
  DeleteBucketCors: onBucket('PutBucketCORS'),
  DeleteBucketEncryption: onBucket('PutEncryptionConfiguration'),
  DeleteBucketLifecycle: onBucket('PutLifecycleConfiguration'),
  DeleteBucketOwnershipControls: onBucket('PutBucketOwnershipControls'),
  DeleteBucketPolicy: onBucket('DeleteBucketPolicy'),
  DeleteBucketTagging: onBucket('PutBucketTagging'),
  DeleteBucketWebsite: onBucket('DeleteBucketWebsite'),
  DeleteObject: deleteObject,
  DeleteObjects: ({ Bucket, Delete }, call) =>
    (Delete?.Objects ?? []).map((each) => deleteObject({ Bucket, ...each }, call)),
  DeleteObjectTagging: onObject('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
  DeletePublicAccessBlock: onBucket('PutBucketPublicAccessBlock'),
  GetBucketAccelerateConfiguration: onBucket('GetAccelerateConfiguration'),
  GetBucketAcl: onBucket('GetBucketAcl'),
  GetBucketCors: onBucket('GetBucketCORS'),
  GetBucketEncryption: onBucket('GetEncryptionConfiguration'),
  GetBucketLifecycleConfiguration: onBucket('GetLifecycleConfiguration'),
  GetBucketLocation: onBucket('GetBucketLocation'),
  GetBucketLogging: onBucket('GetBucketLogging'),
  GetBucketNotificationConfiguration: onBucket('GetBucketNotification'),
  GetBucketOwnershipControls: onBucket('GetBucketOwnershipControls'),
  GetBucketPolicy: onBucket('GetBucketPolicy'),
  GetBucketPolicyStatus: onBucket('GetBucketPolicyStatus'),
  GetBucketRequestPayment: onBucket('GetBucketRequestPayment'),
  GetBucketTagging: onBucket('GetBucketTagging'),
  GetBucketVersioning: onBucket('GetBucketVersioning'),
  GetBucketWebsite: onBucket('GetBucketWebsite'),
  GetObject: getObject,
  GetObjectAcl: onObject('GetObjectAcl', 'GetObjectVersionAcl'),
  GetObjectTagging: onObject('GetObjectTagging', 'GetObjectVersionTagging'),
  GetPublicAccessBlock: onBucket('GetBucketPublicAccessBlock'),
  HeadBucket: onBucket('ListBucket'),
  HeadObject: getObject,
  ListBuckets: () => ({ action: 's3:ListAllMyBuckets', resources: ['*'] }),
  ListMultipartUploads: onBucket('ListBucketMultipartUploads'),
  ListObjects: onList('ListBucket'),
  ListObjectsV2: onList('ListBucket'),
  ListObjectVersions: onList('ListBucketVersions'),
  ListParts: onObject('ListMultipartUploadParts'),
  PutBucketAccelerateConfiguration: onBucket('PutAccelerateConfiguration'),
  PutBucketAcl: onBucket('PutBucketAcl'),
  PutBucketCors: onBucket('PutBucketCORS'),
  PutBucketEncryption: onBucket('PutEncryptionConfiguration'),
  PutBucketLifecycleConfiguration: onBucket('PutLifecycleConfiguration'),
  PutBucketLogging: onBucket('PutBucketLogging'),
  PutBucketNotificationConfiguration: onBucket('PutBucketNotification'),
  PutBucketOwnershipControls: onBucket('PutBucketOwnershipControls'),
  PutBucketPolicy: onBucket('PutBucketPolicy'),
  PutBucketRequestPayment: onBucket('PutBucketRequestPayment'),
  PutBucketTagging: onBucket('PutBucketTagging'),
  PutBucketVersioning: onBucket('PutBucketVersioning'),
  PutBucketWebsite: onBucket('PutBucketWebsite'),
  PutObject: onWrite,
  PutObjectAcl: onObject('PutObjectAcl', 'PutObjectVersionAcl'),
  PutObjectTagging: onObject('PutObjectTagging', 'PutObjectVersionTagging'),
  PutPublicAccessBlock: onBucket('PutBucketPublicAccessBlock'),
  UploadPart: onObject('PutObject'),
  UploadPartCopy: onCopy,
};

/** The policy of the bucket that a bucket's or object's ARN is about. */
export function resourcePolicy(arn: string, call: S3Call): string | undefined {
  const [name = ''] = (arn.split(':')[5] ?? '').split('/');
  return bucketAnywhere(call, name)?.policy;
}
