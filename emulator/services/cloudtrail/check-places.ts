import type { S3 } from '@aws-sdk/client-s3';
import {
  InsufficientS3BucketPolicyException,
  InvalidCloudWatchLogsLogGroupArnException,
  InvalidCloudWatchLogsRoleArnException,
  InvalidParameterCombinationException,
  S3BucketDoesNotExistException,
} from '@aws-sdk/client-cloudtrail';
import { type Caller, rootOf } from '../../principal';
import { refuse } from '../../refuse';
import { prepareStream, service } from './deliver';
import type { CloudTrailCall, Trail } from './state';

/** Proves that CloudTrail may look at the bucket; AWS does so before it makes the trail. */
export async function checkBucket({ arn, bucket }: Trail, call: CloudTrailCall): Promise<void> {
  const as = (caller: Caller) => call.client<S3>('s3', caller).getBucketAcl({ Bucket: bucket });
  // Whoever may not look at a bucket is not told whether it is there.
  await as({ principal: rootOf(call.accountId) }).catch((error: Error) => {
    if (error.name === 'NoSuchBucket')
      throw refuse(S3BucketDoesNotExistException, `S3 bucket ${bucket} does not exist!`);
  });
  await as(call.asService(service, arn)).catch(() => {
    throw refuse(
      InsufficientS3BucketPolicyException,
      `Incorrect S3 bucket policy is detected for bucket: ${bucket}`,
    );
  });
}

/** Proves that the trail's role may write to its log group. */
export async function checkLogGroup(trail: Trail, call: CloudTrailCall): Promise<void> {
  const { logGroupArn, logRoleArn } = trail;
  if (logGroupArn === undefined && logRoleArn === undefined) return;
  // The texts of this function are unverified.
  if (logGroupArn === undefined || logRoleArn === undefined)
    throw refuse(
      InvalidParameterCombinationException,
      'You must specify a role ARN as well as a log group.',
    );
  if (!/^arn:aws:logs:[^:]+:\d{12}:log-group:[^:]+:\*$/.test(logGroupArn))
    throw refuse(
      InvalidCloudWatchLogsLogGroupArnException,
      'CloudTrail cannot validate the specified log group ARN.',
    );
  try {
    await prepareStream(trail, call);
  } catch (error) {
    const isOfGroup = (error as Error).name === 'ResourceNotFoundException';
    if (isOfGroup)
      throw refuse(
        InvalidCloudWatchLogsLogGroupArnException,
        'CloudTrail cannot validate the specified log group ARN.',
      );
    throw refuse(
      InvalidCloudWatchLogsRoleArnException,
      'Access denied. Check the permissions for your role.',
    );
  }
}
