import { newBucket } from './buckets';
import { announce } from './lookup';
import type { S3Call } from './state';

/** The bucket that `cdk bootstrap` makes for assets, as versioned as there. */
export function seed(call: S3Call) {
  const name = `cdk-hnb659fds-assets-${call.accountId}-${call.region}`;
  if (call.state.buckets.has(name)) return;
  const bucket = newBucket(call, name, call.region);
  bucket.versioning = 'Enabled';
  call.state.buckets.set(name, bucket);
  announce(call, 'CREATE', bucket);
}
