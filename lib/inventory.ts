import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CodeBuild } from '@aws-sdk/client-codebuild';
import type { CodeDeploy } from '@aws-sdk/client-codedeploy';
import type { CodePipeline } from '@aws-sdk/client-codepipeline';
import type { ConfigService } from '@aws-sdk/client-config-service';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';

/** The clients that an inventory reads with. */
export interface InventoryClients {
  readonly cloudformation: CloudFormation;
  readonly cloudwatch: CloudWatch;
  readonly codebuild: CodeBuild;
  readonly codedeploy: CodeDeploy;
  readonly codepipeline: CodePipeline;
  readonly config: ConfigService;
  readonly ec2: EC2;
  readonly events: EventBridge;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly s3: S3;
  readonly sns: SNS;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly tagging: ResourceGroupsTaggingAPI;
}

/** What an account holds, one line each: `sns topic arn:aws:sns:…`. */
export type Inventory = string[];

type Page = { ids: (string | undefined)[]; next?: string | undefined };
type Reader = (clients: InventoryClients, token: string | undefined) => Promise<Page>;

/** One List or Describe call a kind of resource, so that "nothing left" is what the account says. */
const readers: Record<string, Reader> = {
  'cloudformation stack': async ({ cloudformation }, NextToken) => {
    const page = await cloudformation.describeStacks({ NextToken });
    return { ids: (page.Stacks ?? []).map((stack) => stack.StackName), next: page.NextToken };
  },
  'cloudformation export': async ({ cloudformation }, NextToken) => {
    const page = await cloudformation.listExports({ NextToken });
    return { ids: (page.Exports ?? []).map((item) => item.Name), next: page.NextToken };
  },
  'cloudwatch alarm': async ({ cloudwatch }, NextToken) => {
    const page = await cloudwatch.describeAlarms({
      NextToken,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    });
    const alarms = [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])];
    return { ids: alarms.map((alarm) => alarm.AlarmName), next: page.NextToken };
  },
  'codebuild project': async ({ codebuild }, nextToken) => {
    const page = await codebuild.listProjects({ nextToken });
    return { ids: page.projects ?? [], next: page.nextToken };
  },
  'codebuild report group': async ({ codebuild }, nextToken) => {
    const page = await codebuild.listReportGroups({ nextToken });
    return { ids: page.reportGroups ?? [], next: page.nextToken };
  },
  'codedeploy application': async ({ codedeploy }, nextToken) => {
    const page = await codedeploy.listApplications({ nextToken });
    return { ids: page.applications ?? [], next: page.nextToken };
  },
  'codepipeline pipeline': async ({ codepipeline }, nextToken) => {
    const page = await codepipeline.listPipelines({ nextToken });
    return { ids: (page.pipelines ?? []).map((pipeline) => pipeline.name), next: page.nextToken };
  },
  'config recorder': async ({ config }) => {
    const { ConfigurationRecorders = [] } = await config.describeConfigurationRecorders({});
    return { ids: ConfigurationRecorders.map((recorder) => recorder.name) };
  },
  'config delivery channel': async ({ config }) => {
    const { DeliveryChannels = [] } = await config.describeDeliveryChannels({});
    return { ids: DeliveryChannels.map((channel) => channel.name) };
  },
  'config rule': async ({ config }, NextToken) => {
    const page = await config.describeConfigRules({ NextToken });
    return {
      ids: (page.ConfigRules ?? []).map((rule) => rule.ConfigRuleName),
      next: page.NextToken,
    };
  },
  'ec2 vpc': async ({ ec2 }, NextToken) => {
    const page = await ec2.describeVpcs({ NextToken });
    return { ids: (page.Vpcs ?? []).map((vpc) => vpc.VpcId), next: page.NextToken };
  },
  'ec2 subnet': async ({ ec2 }, NextToken) => {
    const page = await ec2.describeSubnets({ NextToken });
    return { ids: (page.Subnets ?? []).map((subnet) => subnet.SubnetId), next: page.NextToken };
  },
  'ec2 security group': async ({ ec2 }, NextToken) => {
    const page = await ec2.describeSecurityGroups({ NextToken });
    return { ids: (page.SecurityGroups ?? []).map((group) => group.GroupId), next: page.NextToken };
  },
  'events rule': async ({ events }, NextToken) => {
    const page = await events.listRules({ NextToken });
    return { ids: (page.Rules ?? []).map((rule) => rule.Name), next: page.NextToken };
  },
  'iam role': async ({ iam }, Marker) => {
    const page = await iam.listRoles({ Marker });
    return { ids: (page.Roles ?? []).map((role) => role.RoleName), next: page.Marker };
  },
  'iam policy': async ({ iam }, Marker) => {
    const page = await iam.listPolicies({ Scope: 'Local', Marker });
    return { ids: (page.Policies ?? []).map((policy) => policy.PolicyName), next: page.Marker };
  },
  'lambda function': async ({ lambda }, Marker) => {
    const page = await lambda.listFunctions({ Marker });
    const ids = (page.Functions ?? []).map((each) => each.FunctionName);
    return { ids, next: page.NextMarker };
  },
  'logs group': async ({ logs }, nextToken) => {
    const page = await logs.describeLogGroups({ nextToken });
    return { ids: (page.logGroups ?? []).map((group) => group.logGroupName), next: page.nextToken };
  },
  's3 bucket': async ({ s3 }) => {
    const { Buckets = [] } = await s3.listBuckets({});
    return { ids: Buckets.map((bucket) => bucket.Name) };
  },
  'sns topic': async ({ sns }, NextToken) => {
    const page = await sns.listTopics({ NextToken });
    return { ids: (page.Topics ?? []).map((topic) => topic.TopicArn), next: page.NextToken };
  },
  'sns subscription': async ({ sns }, NextToken) => {
    const page = await sns.listSubscriptions({ NextToken });
    return {
      ids: (page.Subscriptions ?? []).map((item) => item.SubscriptionArn),
      next: page.NextToken,
    };
  },
  'sqs queue': async ({ sqs }, NextToken) => {
    const page = await sqs.listQueues({ NextToken, MaxResults: 1000 });
    return { ids: page.QueueUrls ?? [], next: page.NextToken };
  },
  'ssm document': async ({ ssm }, NextToken) => {
    const Filters = [{ Key: 'Owner', Values: ['Self'] }];
    const page = await ssm.listDocuments({ NextToken, Filters });
    return { ids: (page.DocumentIdentifiers ?? []).map((item) => item.Name), next: page.NextToken };
  },
  'ssm ops item': async ({ ssm }, NextToken) => {
    const page = await ssm.describeOpsItems({ NextToken });
    return {
      ids: (page.OpsItemSummaries ?? []).map((item) => item.OpsItemId),
      next: page.NextToken,
    };
  },
  'ssm parameter': async ({ ssm }, NextToken) => {
    const page = await ssm.describeParameters({ NextToken });
    return { ids: (page.Parameters ?? []).map((item) => item.Name), next: page.NextToken };
  },
  'tagged for a lab': async ({ tagging }, PaginationToken) => {
    const TagFilters = [{ Key: 'dop-labs:lab' }];
    const page = await tagging.getResources({ PaginationToken, TagFilters });
    const ids = (page.ResourceTagMappingList ?? []).map((item) => item.ResourceARN);
    return { ids, next: page.PaginationToken || undefined };
  },
};

/** Reads everything that the account holds of the services that labs use, sorted. */
export async function readInventory(clients: InventoryClients): Promise<Inventory> {
  const lines = await Promise.all(
    Object.entries(readers).map(async ([kind, read]) =>
      (await everyPage(clients, read)).map((id) => `${kind} ${id}`),
    ),
  );
  return lines.flat().sort();
}

/** What one inventory holds and the other does not. */
export const missingFrom = (other: Inventory, inventory: Inventory): Inventory => {
  const known = new Set(other);
  return inventory.filter((line) => !known.has(line));
};

async function everyPage(clients: InventoryClients, read: Reader): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const page = await read(clients, token);
    for (const id of page.ids) if (id !== undefined) ids.push(id);
    token = page.next;
  } while (token);
  return ids;
}
