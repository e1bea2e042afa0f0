import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CodeBuild } from '@aws-sdk/client-codebuild';
import type { CodeDeploy } from '@aws-sdk/client-codedeploy';
import type { CodePipeline } from '@aws-sdk/client-codepipeline';
import type { ConfigService } from '@aws-sdk/client-config-service';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { Organizations } from '@aws-sdk/client-organizations';
import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { S3 } from '@aws-sdk/client-s3';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import type { CodeStarNotificationsApi } from '../sdk/codestar-notifications/api';
import type { TargetName } from '../lib/targets/target';

/** SDK clients, each loaded on first use and named as its IAM actions' prefix is, as far as that reads well. */
export interface Clients {
  readonly cloudformation: CloudFormation;
  readonly cloudtrail: CloudTrail;
  readonly cloudwatch: CloudWatch;
  readonly codebuild: CodeBuild;
  readonly codedeploy: CodeDeploy;
  readonly codepipeline: CodePipeline;
  readonly codestarNotifications: CodeStarNotificationsApi;
  readonly config: ConfigService;
  readonly ec2: EC2;
  readonly events: EventBridge;
  readonly iam: IAM;
  readonly kms: KMS;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly organizations: Organizations;
  readonly s3: S3;
  readonly scheduler: Scheduler;
  readonly secretsManager: SecretsManager;
  readonly sns: SNS;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly sts: STS;
  readonly tagging: ResourceGroupsTaggingAPI;
}

/**
 * The learner's account as a check sees it: SDK clients, loaded on first use. Reads (Get, List,
 * Describe and the read-like calls of the lab contract) are answered once a look and recorded
 * as evidence.
 */
export interface Account extends Clients {
  readonly target: TargetName;
  readonly accountId: string;
  readonly region: string;
  /** `lab-05` */
  readonly lab: string;
  /** Outputs of the lab's stacks by output key, the scene's and the starter's. */
  readonly outputs: Record<string, string>;
  /**
   * Where a check or drill keeps what it must remember between act, look and undo; fresh for each
   * check of each run. What a drill sets here outlives a killed process: texts, numbers, dates,
   * lists, sets and plain objects.
   */
  readonly memory: Map<string, unknown>;
  /** Time on the target's clock when the look began: the same for all checks that share its facts. */
  now(): Date;
}
