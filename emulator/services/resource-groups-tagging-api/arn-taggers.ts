import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CodeDeploy } from '@aws-sdk/client-codedeploy';
import type { CodePipeline } from '@aws-sdk/client-codepipeline';
import type { ConfigService } from '@aws-sdk/client-config-service';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { KMS } from '@aws-sdk/client-kms';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SNS } from '@aws-sdk/client-sns';
import { tagList } from '../../tags';
import type { Tagger } from './tagger';
import { table } from '../../table';

const cloudtrail: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<CloudTrail>('cloudtrail').addTags({ ResourceId: arn, TagsList: tagList(tags) }),
  untag: (call, { arn }, keys) =>
    call
      .client<CloudTrail>('cloudtrail')
      .removeTags({ ResourceId: arn, TagsList: keys.map((Key) => ({ Key })) }),
};

const cloudwatch: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<CloudWatch>('cloudwatch').tagResource({ ResourceARN: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<CloudWatch>('cloudwatch').untagResource({ ResourceARN: arn, TagKeys }),
};

const codedeploy: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<CodeDeploy>('codedeploy').tagResource({ ResourceArn: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<CodeDeploy>('codedeploy').untagResource({ ResourceArn: arn, TagKeys }),
};

const codepipeline: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<CodePipeline>('codepipeline').tagResource({
      resourceArn: arn,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    }),
  untag: (call, { arn }, tagKeys) =>
    call.client<CodePipeline>('codepipeline').untagResource({ resourceArn: arn, tagKeys }),
};

const config: Tagger = {
  tag: (call, { arn }, tags) =>
    call
      .client<ConfigService>('config-service')
      .tagResource({ ResourceArn: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<ConfigService>('config-service').untagResource({ ResourceArn: arn, TagKeys }),
};

const events: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<EventBridge>('eventbridge').tagResource({ ResourceARN: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<EventBridge>('eventbridge').untagResource({ ResourceARN: arn, TagKeys }),
};

const kms: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<KMS>('kms').tagResource({
      KeyId: arn,
      Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  untag: (call, { arn }, TagKeys) => call.client<KMS>('kms').untagResource({ KeyId: arn, TagKeys }),
};

const lambda: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<Lambda>('lambda').tagResource({ Resource: arn, Tags: tags }),
  untag: (call, { arn }, TagKeys) =>
    call.client<Lambda>('lambda').untagResource({ Resource: arn, TagKeys }),
};

const logs: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<CloudWatchLogs>('cloudwatch-logs').tagResource({ resourceArn: arn, tags }),
  untag: (call, { arn }, tagKeys) =>
    call.client<CloudWatchLogs>('cloudwatch-logs').untagResource({ resourceArn: arn, tagKeys }),
};

const scheduler: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<Scheduler>('scheduler').tagResource({ ResourceArn: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<Scheduler>('scheduler').untagResource({ ResourceArn: arn, TagKeys }),
};

const secretsmanager: Tagger = {
  tag: (call, { arn }, tags) =>
    call
      .client<SecretsManager>('secrets-manager')
      .tagResource({ SecretId: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<SecretsManager>('secrets-manager').untagResource({ SecretId: arn, TagKeys }),
};

const sns: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<SNS>('sns').tagResource({ ResourceArn: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<SNS>('sns').untagResource({ ResourceArn: arn, TagKeys }),
};

/** Services that tag what an ARN names, by the service part of the ARN. */
export const arnTaggers: Record<string, Tagger> = table({
  cloudtrail,
  cloudwatch,
  codedeploy,
  codepipeline,
  config,
  events,
  kms,
  lambda,
  logs,
  scheduler,
  secretsmanager,
  sns,
});
