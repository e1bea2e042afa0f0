import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { BuildSpec, PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import {
  Artifact,
  Pipeline,
  PipelineNotificationEvents,
  PipelineType,
} from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, S3SourceAction, S3Trigger } from 'aws-cdk-lib/aws-codepipeline-actions';
import { CfnConfigurationRecorder, CfnDeliveryChannel, ManagedRule } from 'aws-cdk-lib/aws-config';
import {
  InstanceType,
  type IVpc,
  LaunchTemplate,
  MachineImage,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Code, Function as Handler, type IVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnOrganization, CfnOrganizationalUnit } from 'aws-cdk-lib/aws-organizations';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
} from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';

const removalPolicy = RemovalPolicy.DESTROY;

/** Some classes of the CDK are not their own interfaces under `exactOptionalPropertyTypes`. */
const as = <Interface>(construct: object): Interface => construct as Interface;

/**
 * A shop that has something of every service. Another stage changes something of each: the tag of
 * whatever takes tags, a description of the rest.
 */
export class EveryService extends Stack {
  private readonly stage: string;
  private readonly alerts = new Topic(this, 'Alerts');
  private readonly orders = new Queue(this, 'Orders');
  private readonly records: IBucket = as(
    new Bucket(this, 'Records', { autoDeleteObjects: true, removalPolicy, versioned: true }),
  );

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id);
    this.stage = stage;
    this.alerts.addSubscription(new SqsSubscription(this.orders));
    this.settings();
    this.work();
    this.release();
    this.servers();
    this.audit();
    this.company();
    this.inventory();
    Tags.of(this).add('stage', stage);
  }

  /** ssm, secrets-manager, kms */
  private settings(): void {
    new StringParameter(this, 'Limit', { stringValue: '5' });
    new Secret(this, 'Login', { encryptionKey: new Key(this, 'Key', { removalPolicy }) });
  }

  /** lambda, cloudwatch-logs, cloudwatch, codedeploy, eventbridge, scheduler */
  private work(): void {
    const handler = new Handler(this, 'Handler', {
      code: Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
      logGroup: new LogGroup(this, 'Log', { removalPolicy }),
      runtime: Runtime.NODEJS_22_X,
    });
    const version = as<IVersion>(handler.currentVersion);
    const alias = new Alias(this, 'Live', { aliasName: 'live', version });
    const errors = alias
      .metricErrors()
      .createAlarm(this, 'Errors', { threshold: 1, evaluationPeriods: 1 });
    const deploymentConfig = LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES;
    new LambdaDeploymentGroup(this, 'Canary', { alias, alarms: [errors], deploymentConfig });
    new Rule(this, 'Ordered', {
      eventPattern: { source: ['shop'] },
      targets: [new LambdaFunction(handler)],
    });
    new Schedule(this, 'Daily', {
      description: this.stage,
      schedule: ScheduleExpression.rate(Duration.days(1)),
      target: new SqsSendMessage(this.orders),
    });
  }

  /** codepipeline, codebuild, codestar-notifications */
  private release(): void {
    const output = new Artifact();
    const source = new S3SourceAction({
      actionName: 'Release',
      bucket: this.records,
      bucketKey: 'release.zip',
      output,
      trigger: S3Trigger.NONE,
    });
    const buildSpec = BuildSpec.fromObject({
      version: '0.2',
      phases: { build: { commands: ['true'] } },
    });
    const project = new PipelineProject(this, 'Project', { buildSpec });
    const build = new CodeBuildAction({ actionName: 'Test', input: output, project });
    const pipeline = new Pipeline(this, 'Release', {
      artifactBucket: this.records,
      pipelineType: PipelineType.V2,
      stages: [
        { stageName: 'Source', actions: [source] },
        { stageName: 'Build', actions: [build] },
      ],
    });
    const events = [PipelineNotificationEvents.PIPELINE_EXECUTION_FAILED];
    pipeline.notifyOn('Failures', this.alerts, { events });
  }

  /** ec2, auto-scaling, iam */
  private servers(): void {
    const subnetConfiguration = [{ name: 'public', subnetType: SubnetType.PUBLIC }];
    const vpc = as<IVpc>(new Vpc(this, 'Network', { natGateways: 0, subnetConfiguration }));
    const launchTemplate = new LaunchTemplate(this, 'Server', {
      instanceType: new InstanceType('t3.micro'),
      machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
    });
    new AutoScalingGroup(this, 'Servers', { vpc, launchTemplate, minCapacity: 0, maxCapacity: 1 });
  }

  /** cloudtrail, config-service, s3 */
  private audit(): void {
    new Trail(this, 'Trail', { bucket: this.records });
    const config = new ServicePrincipal('config.amazonaws.com');
    const read = ['s3:GetBucketAcl', 's3:ListBucket'];
    const resources = [this.records.bucketArn];
    this.records.grantPut(config);
    this.records.addToResourcePolicy(
      new PolicyStatement({ principals: [config], actions: read, resources }),
    );
    const role = new Role(this, 'RecorderRole', {
      assumedBy: config,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
    });
    const recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      recordingGroup: { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] },
      roleArn: role.roleArn,
    });
    const s3BucketName = this.records.bucketName;
    const channel = new CfnDeliveryChannel(this, 'Channel', { s3BucketName });
    channel.node.addDependency(this.records);
    new ManagedRule(this, 'Versioned', {
      description: this.stage,
      identifier: 'S3_BUCKET_VERSIONING_ENABLED',
    }).node.addDependency(recorder);
  }

  /** organizations */
  private company(): void {
    const { attrRootId: parentId } = new CfnOrganization(this, 'Company');
    new CfnOrganizationalUnit(this, 'Shops', { name: 'shops', parentId });
  }

  /** resource-groups-tagging-api, which no resource is of: a function asks it. */
  private inventory(): void {
    const queue = 'ResourceTagMappingList.0.ResourceARN';
    const look = {
      service: 'resource-groups-tagging-api',
      action: 'GetResources',
      parameters: {
        ResourceTypeFilters: ['sqs'],
        TagFilters: [{ Key: 'stage', Values: [this.stage] }],
      },
      outputPaths: [queue],
      physicalResourceId: PhysicalResourceId.of('inventory'),
    };
    const mayLook = new PolicyStatement({ actions: ['tag:GetResources'], resources: ['*'] });
    const inventory = new AwsCustomResource(this, 'Inventory', {
      installLatestAwsSdk: false,
      onDelete: look,
      onUpdate: look,
      policy: AwsCustomResourcePolicy.fromStatements([mayLook]),
    });
    inventory.node.addDependency(this.orders);
    new CfnOutput(this, 'Queue', { value: inventory.getResponseField(queue) });
  }
}
