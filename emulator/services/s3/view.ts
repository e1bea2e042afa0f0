import type { Resource } from '../../changes/resource';
import { tagList } from '../../tags';
import { fromLifecycleRule } from './lifecycle';
import { bucketArn } from './lookup';
import type { Bucket, S3Call } from './state';

const properties = (bucket: Bucket) => ({
  BucketName: bucket.name,
  BucketEncryption: {
    ServerSideEncryptionConfiguration: bucket.encryption.map((rule) => ({
      ServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault,
      BucketKeyEnabled: rule.BucketKeyEnabled,
    })),
  },
  ...(bucket.versioning && { VersioningConfiguration: { Status: bucket.versioning } }),
  ...(bucket.publicAccessBlock && { PublicAccessBlockConfiguration: bucket.publicAccessBlock }),
  ...(bucket.ownership && {
    OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ownership }] },
  }),
  ...(bucket.lifecycle && {
    LifecycleConfiguration: { Rules: bucket.lifecycle.map(fromLifecycleRule) },
  }),
  ...(bucket.notification && {
    NotificationConfiguration: {
      EventBridgeConfiguration: {
        EventBridgeEnabled: bucket.notification.EventBridgeConfiguration !== undefined,
      },
    },
  }),
  // No other ACL is emulated.
  AccessControl: 'Private',
  Tags: tagList(bucket.tags),
});

const shown = (bucket: Bucket): Resource => ({
  arn: bucketArn(bucket.name),
  type: 'AWS::S3::Bucket',
  id: bucket.name,
  name: bucket.name,
  tags: { ...bucket.tags },
  configuration: properties(bucket),
  createdAt: bucket.createdAt,
});

/** The account's buckets that lie in the call's Region. */
export const view = ({ state, region }: S3Call): Resource[] =>
  [...state.buckets.values()].filter((bucket) => bucket.region === region).map(shown);
