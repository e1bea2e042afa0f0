import type { Trail as ShownTrail } from '@aws-sdk/client-cloudtrail';
import { isDeepStrictEqual } from 'node:util';
import { homeOf } from './find';
import { everything } from './selectors';
import type { CloudTrailCall, Trail } from './state';

export const topicArnOf = (
  { topicName }: Trail,
  { region, accountId }: CloudTrailCall,
): string | undefined =>
  topicName === undefined || topicName.startsWith('arn:')
    ? topicName
    : `arn:aws:sns:${region}:${accountId}:${topicName}`;

/** As CreateTrail and UpdateTrail answer it. */
export function shownTrail(trail: Trail, call: CloudTrailCall): ShownTrail {
  const topicArn = topicArnOf(trail, call);
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.prefix === undefined ? {} : { S3KeyPrefix: trail.prefix }),
    ...(topicArn === undefined
      ? {}
      : { SnsTopicName: topicArn.split(':').at(-1) ?? '', SnsTopicARN: topicArn }),
    IncludeGlobalServiceEvents: trail.includesGlobal,
    IsMultiRegionTrail: trail.isMultiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.validatesFiles,
    ...(trail.logGroupArn === undefined
      ? {}
      : { CloudWatchLogsLogGroupArn: trail.logGroupArn, CloudWatchLogsRoleArn: trail.logRoleArn }),
    ...(trail.kmsKeyId === undefined ? {} : { KmsKeyId: trail.kmsKeyId }),
    IsOrganizationTrail: false,
  };
}

/** As GetTrail and DescribeTrails answer it. */
export const describedTrail = (trail: Trail, call: CloudTrailCall): ShownTrail => ({
  ...shownTrail(trail, call),
  HomeRegion: homeOf(trail),
  HasCustomEventSelectors: !isDeepStrictEqual(trail.selectors, everything()),
  HasInsightSelectors: (trail.insights ?? []).length > 0,
});
