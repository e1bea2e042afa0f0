import type { Resource } from '../../changes/resource';
import { tagList } from '../../tags';
import type { CloudTrailCall, Trail } from './state';

export const view = ({ state }: CloudTrailCall): Resource[] =>
  [...state.trails.values()].map((trail) => ({
    arn: trail.arn,
    type: 'AWS::CloudTrail::Trail',
    id: trail.name,
    name: trail.name,
    tags: trail.tags,
    configuration: configurationOf(trail),
    ...(trail.startedAt ? { createdAt: trail.startedAt } : {}),
  }));

const configurationOf = (trail: Trail): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({
      TrailName: trail.name,
      S3BucketName: trail.bucket,
      S3KeyPrefix: trail.prefix,
      IsLogging: trail.isLogging,
      IsMultiRegionTrail: trail.isMultiRegion,
      IncludeGlobalServiceEvents: trail.includesGlobal,
      EnableLogFileValidation: trail.validatesFiles,
      CloudWatchLogsLogGroupArn: trail.logGroupArn,
      CloudWatchLogsRoleArn: trail.logRoleArn,
      KMSKeyId: trail.kmsKeyId,
      SnsTopicName: trail.topicName,
      EventSelectors: trail.selectors,
      InsightSelectors: trail.insights,
      Tags: tagList(trail.tags),
    }).filter(([, value]) => value !== undefined),
  );
