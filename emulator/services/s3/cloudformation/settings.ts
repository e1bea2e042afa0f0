import type {
  BucketCannedACL,
  ObjectOwnership,
  S3,
  ServerSideEncryption,
} from '@aws-sdk/client-s3';
import {
  boolean,
  object,
  objects,
  required,
  tagsFor,
  text,
} from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
import { toLifecycleRule } from '../lifecycle';

interface Change {
  properties: Properties;
  /** Nothing in a new bucket. */
  previous: Properties;
}

type Apply = (s3: S3, Bucket: string, change: Change) => Promise<unknown>;

/** A bucket that was versioned once can only be suspended. */
function versioning(s3: S3, Bucket: string, { properties, previous }: Change) {
  const given = text(object(properties, 'VersioningConfiguration') ?? {}, 'Status');
  const Status = given ?? ('VersioningConfiguration' in previous ? 'Suspended' : undefined);
  if (Status !== 'Enabled' && Status !== 'Suspended') return Promise.resolve();
  return s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } });
}

function encryption(s3: S3, Bucket: string, { properties }: Change) {
  const given = object(properties, 'BucketEncryption');
  if (!given) return s3.deleteBucketEncryption({ Bucket });
  const Rules = objects(given, 'ServerSideEncryptionConfiguration').map((rule) => {
    const byDefault = object(rule, 'ServerSideEncryptionByDefault') ?? {};
    return {
      ApplyServerSideEncryptionByDefault: {
        // S3 refuses an algorithm that it does not know.
        SSEAlgorithm: required(byDefault, 'SSEAlgorithm') as ServerSideEncryption,
        KMSMasterKeyID: text(byDefault, 'KMSMasterKeyID'),
      },
      BucketKeyEnabled: boolean(rule, 'BucketKeyEnabled') ?? false,
    };
  });
  return s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } });
}

const nothing = () => Promise.resolve();

function publicAccess(s3: S3, Bucket: string, { properties, previous }: Change) {
  const given = object(properties, 'PublicAccessBlockConfiguration');
  if (!given) {
    return 'PublicAccessBlockConfiguration' in previous
      ? s3.deletePublicAccessBlock({ Bucket })
      : nothing();
  }
  return s3.putPublicAccessBlock({
    Bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: boolean(given, 'BlockPublicAcls'),
      IgnorePublicAcls: boolean(given, 'IgnorePublicAcls'),
      BlockPublicPolicy: boolean(given, 'BlockPublicPolicy'),
      RestrictPublicBuckets: boolean(given, 'RestrictPublicBuckets'),
    },
  });
}

function ownership(s3: S3, Bucket: string, { properties, previous }: Change) {
  const Rules = objects(object(properties, 'OwnershipControls') ?? {}, 'Rules').map((rule) => ({
    ObjectOwnership: required(rule, 'ObjectOwnership') as ObjectOwnership,
  }));
  if (!Rules.length) {
    return 'OwnershipControls' in previous
      ? s3.deleteBucketOwnershipControls({ Bucket })
      : nothing();
  }
  return s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules } });
}

function lifecycle(s3: S3, Bucket: string, { properties }: Change) {
  const given = object(properties, 'LifecycleConfiguration');
  if (!given) return s3.deleteBucketLifecycle({ Bucket });
  const Rules = objects(given, 'Rules').map(toLifecycleRule);
  return s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } });
}

/** Only EventBridge notifications: those to queues, topics and functions are refused by name. */
function notification(s3: S3, Bucket: string, { properties }: Change) {
  const given = object(
    object(properties, 'NotificationConfiguration') ?? {},
    'EventBridgeConfiguration',
  );
  const isOn = given && (boolean(given, 'EventBridgeEnabled') ?? true);
  const NotificationConfiguration = isOn ? { EventBridgeConfiguration: {} } : {};
  return s3.putBucketNotificationConfiguration({ Bucket, NotificationConfiguration });
}

/** S3 refuses what is not private: the buckets of today have no ACLs. */
function acl(s3: S3, Bucket: string, { properties }: Change) {
  const given = text(properties, 'AccessControl') ?? 'Private';
  const ACL = given.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() as BucketCannedACL;
  return s3.putBucketAcl({ Bucket, ACL });
}

const all: Apply[] = [
  versioning,
  encryption,
  publicAccess,
  ownership,
  lifecycle,
  notification,
  acl,
];

/** Brings every setting of a bucket in line with its template. */
export async function applySettings(
  Bucket: string,
  change: Change,
  context: ProviderContext,
): Promise<void> {
  const s3 = context.client<S3>('s3');
  for (const apply of all) await apply(s3, Bucket, change);
  const TagSet = tagsFor(change.properties, context);
  if (TagSet.length) await s3.putBucketTagging({ Bucket, Tagging: { TagSet } });
  else await s3.deleteBucketTagging({ Bucket });
}

/** Properties of a bucket that change what it does. */
export const bucketProperties = [
  'AccessControl',
  'BucketEncryption.ServerSideEncryptionConfiguration.BucketKeyEnabled',
  'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
  'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm',
  'BucketName',
  'OwnershipControls.Rules.ObjectOwnership',
  'PublicAccessBlockConfiguration.BlockPublicAcls',
  'PublicAccessBlockConfiguration.BlockPublicPolicy',
  'PublicAccessBlockConfiguration.IgnorePublicAcls',
  'PublicAccessBlockConfiguration.RestrictPublicBuckets',
  'Tags',
  'VersioningConfiguration.Status',
];

/** Those that it only keeps. */
export const storedBucketProperties = [
  'LifecycleConfiguration.Rules.AbortIncompleteMultipartUpload.DaysAfterInitiation',
  'LifecycleConfiguration.Rules.ExpirationInDays',
  'LifecycleConfiguration.Rules.ExpiredObjectDeleteMarker',
  'LifecycleConfiguration.Rules.Id',
  'LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NewerNoncurrentVersions',
  'LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays',
  'LifecycleConfiguration.Rules.Prefix',
  'LifecycleConfiguration.Rules.Status',
  'LifecycleConfiguration.Rules.Transitions.StorageClass',
  'LifecycleConfiguration.Rules.Transitions.TransitionInDays',
  'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
];
