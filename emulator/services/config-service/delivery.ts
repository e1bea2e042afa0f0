import type { S3 } from '@aws-sdk/client-s3';
import {
  InsufficientDeliveryPolicyException,
  NoSuchBucketException,
  type DeliveryChannel,
} from '@aws-sdk/client-config-service';
import { refuse } from '../../refuse';
import type { Caller } from '../../principal';
import type { ConfigCall } from './state';

const service = 'config.amazonaws.com';

/** Config writes as the recorder's role; where that may not, the bucket may still let Config itself. */
async function writers(call: ConfigCall): Promise<Caller[]> {
  const itself = call.asService(service, call.arn('*'));
  const roleArn = call.state.recorder?.configuration.roleARN ?? '';
  if (roleArn.includes(':role/aws-service-role/')) return [itself];
  try {
    return [await call.assume(roleArn, service, 'AWSConfig-BucketConfigCheck'), itself];
  } catch {
    return [itself];
  }
}

/** Proves, as AWS does, that the bucket takes what Config delivers. */
export async function checkDelivery(channel: DeliveryChannel, call: ConfigCall): Promise<void> {
  const { s3BucketName: Bucket = '', s3KeyPrefix: prefix, s3KmsKeyArn: key } = channel;
  const folder = prefix === undefined ? '' : `${prefix}/`;
  const Key = `${folder}AWSLogs/${call.accountId}/Config/ConfigWritabilityCheckFile`;
  for (const writer of await writers(call)) {
    try {
      await call
        .client<S3>('s3', writer)
        .putObject({ Bucket, Key, Body: new Uint8Array(), ContentLength: 0 });
      return;
    } catch (error) {
      if ((error as Error).name === 'NoSuchBucket') {
        // The text is not verified.
        throw refuse(NoSuchBucketException, `Cannot find a S3 bucket with name '${Bucket}'.`);
      }
    }
  }
  throw refuse(
    InsufficientDeliveryPolicyException,
    `Insufficient delivery policy to s3 bucket: ${Bucket}, unable to write to bucket, provided s3 key prefix is '${prefix ?? 'null'}', provided kms key is '${key ?? 'null'}'.`,
  );
}
