import type {
  LifecycleRule,
  NotificationConfiguration,
  ObjectOwnership,
  S3,
  ServerSideEncryption,
} from '@aws-sdk/client-s3';
import { awsError } from '../../../errors';
import {
  boolean,
  number,
  object,
  objects,
  required,
  tagsFor,
  text,
} from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';

type Apply = (s3: S3, Bucket: string, properties: Properties) => Promise<unknown>;

function versioning(s3: S3, Bucket: string, properties: Properties) {
  const Status = text(object(properties, 'VersioningConfiguration') ?? {}, 'Status');
  if (Status !== 'Enabled' && Status !== 'Suspended') return Promise.resolve();
  return s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } });
}

function encryption(s3: S3, Bucket: string, properties: Properties) {
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

function publicAccess(s3: S3, Bucket: string, properties: Properties) {
  const given = object(properties, 'PublicAccessBlockConfiguration');
  if (!given) return Promise.resolve();
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

function ownership(s3: S3, Bucket: string, properties: Properties) {
  const Rules = objects(object(properties, 'OwnershipControls') ?? {}, 'Rules').map((rule) => ({
    ObjectOwnership: required(rule, 'ObjectOwnership') as ObjectOwnership,
  }));
  if (!Rules.length) return Promise.resolve();
  return s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules } });
}

const ruleProperties = ['ExpirationInDays', 'Id', 'Prefix', 'Status'];

/** A lifecycle rule in the API's words; what has no translation here is refused by name. */
function toLifecycleRule(rule: Properties): LifecycleRule {
  const other = Object.keys(rule).find((name) => !ruleProperties.includes(name));
  if (other) {
    throw awsError('ValidationError', `The lifecycle rule property ${other} is not emulated.`);
  }
  return {
    ID: text(rule, 'Id'),
    Filter: { Prefix: text(rule, 'Prefix') ?? '' },
    Status: required(rule, 'Status') === 'Enabled' ? 'Enabled' : 'Disabled',
    Expiration: { Days: number(rule, 'ExpirationInDays') },
  };
}

function lifecycle(s3: S3, Bucket: string, properties: Properties) {
  const given = object(properties, 'LifecycleConfiguration');
  if (!given) return s3.deleteBucketLifecycle({ Bucket });
  const Rules = objects(given, 'Rules').map(toLifecycleRule);
  return s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } });
}

/** Only EventBridge notifications: those to queues, topics and functions are refused by name. */
function notification(s3: S3, Bucket: string, properties: Properties) {
  const given = object(properties, 'NotificationConfiguration') ?? {};
  const other = Object.keys(given).find((name) => name !== 'EventBridgeConfiguration');
  if (other) {
    throw awsError('ValidationError', `The notification ${other} of a bucket is not emulated.`);
  }
  const configuration: NotificationConfiguration =
    'EventBridgeConfiguration' in given ? { EventBridgeConfiguration: {} } : {};
  return s3.putBucketNotificationConfiguration({
    Bucket,
    NotificationConfiguration: configuration,
  });
}

const all: Apply[] = [versioning, encryption, publicAccess, ownership, lifecycle, notification];

/** Brings every setting of a bucket in line with its template. */
export async function applySettings(
  Bucket: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const s3 = context.client<S3>('s3');
  for (const apply of all) await apply(s3, Bucket, properties);
  const TagSet = tagsFor(properties, context);
  if (TagSet.length) await s3.putBucketTagging({ Bucket, Tagging: { TagSet } });
  else await s3.deleteBucketTagging({ Bucket });
}

/** Properties that a bucket's template may set here. */
export const bucketProperties = [
  'BucketEncryption',
  'BucketName',
  'LifecycleConfiguration',
  'NotificationConfiguration',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
];
