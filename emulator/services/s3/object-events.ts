import { bucketArn } from './lookup';
import type { Bucket, S3Call, Version } from './state';

interface Happened {
  key: string;
  version: Version | undefined;
  /** A version id that the request named and that is gone for good. */
  removed?: string | undefined;
}

/**
 * Tells the feed, and EventBridge where the bucket's notification configuration has it on
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
 */
export function objectCreated(call: S3Call, bucket: Bucket, happened: Happened): void {
  tell(call, bucket, { detailType: 'Object Created', happened, reason: call.operation });
}

/** A version that was removed, or a delete marker that now lies on top. */
export function objectDeleted(call: S3Call, bucket: Bucket, happened: Happened): void {
  const isMarker = happened.version?.kind === 'marker' && happened.removed === undefined;
  tell(call, bucket, {
    detailType: 'Object Deleted',
    happened,
    reason: 'DeleteObject',
    more: { 'deletion-type': isMarker ? 'Delete Marker Created' : 'Permanently Deleted' },
  });
}

interface Event {
  detailType: string;
  happened: Happened;
  reason: string;
  more?: Record<string, string>;
}

function tell(call: S3Call, bucket: Bucket, { detailType, happened, reason, more }: Event): void {
  const { key, version } = happened;
  const there = call.elsewhere(bucket.accountId, bucket.region);
  there.announce({ kind: 'CONTENT', type: 'AWS::S3::Bucket', id: bucket.name });
  if (bucket.notification?.EventBridgeConfiguration === undefined) return;
  there.emit({
    source: 'aws.s3',
    detailType,
    resources: [bucketArn(bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        ...(version?.kind === 'object'
          ? { size: version.size, etag: version.etag.replaceAll('"', '') }
          : {}),
        ...(bucket.versioning && version ? { 'version-id': version.versionId } : {}),
        sequencer: call.random.hex(18).toUpperCase(),
      },
      'request-id': call.requestId,
      requester: call.principal.accountId,
      'source-ip-address': '127.0.0.1',
      reason,
      ...more,
    },
  });
}
