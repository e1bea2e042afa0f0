import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { BuildSpec, PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Artifact, Pipeline, PipelineNotificationEvents } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, S3SourceAction, S3Trigger } from 'aws-cdk-lib/aws-codepipeline-actions';
import { CfnConfigurationRecorder, CfnDeliveryChannel, ManagedRule } from 'aws-cdk-lib/aws-config';
import {
  InstanceClass,
  InstanceSize,
  InstanceType,
  LaunchTemplate,
  MachineImage,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnOrganization, CfnOrganizationalUnit } from 'aws-cdk-lib/aws-organizations';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { type Construct } from 'constructs';

const removalPolicy = RemovalPolicy.DESTROY;

export class EveryService extends Stack {
  constructor(scope: Construct, id: string, { stage = 'test' } = {}) {
    super(scope, id);
    const key = new Key(this, 'Key', { removalPolicy });
    const alerts = new Topic(this, 'Alerts');
    const orders = new Queue(this, 'Orders', { visibilityTimeout: Duration.seconds(30) });
    alerts.addSubscription(new SqsSubscription(orders));
    new StringParameter(this, 'Limit', { stringValue: '5' });
    new Secret(this, 'Login', { encryptionKey: key });
    const log = new LogGroup(this, 'Log', { removalPolicy, retention: RetentionDays.ONE_WEEK });
    const handler = new Handler(this, 'Handler', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      logGroup: log,
    });
    const live = new Alias(this, 'Live', { aliasName: 'live', version: handler.currentVersion });
    const alarm = live.metricErrors().createAlarm(this, 'Errors', { threshold: 1, evaluationPeriods: 1 });
    new LambdaDeploymentGroup(this, 'Canary', {
      alias: live,
      alarms: [alarm],
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    });
    new Rule(this, 'Ordered', { eventPattern: { source: ['shop'] }, targets: [new LambdaFunction(handler)] });
    new Schedule(this, 'Nightly', {
      schedule: ScheduleExpression.rate(Duration.days(1)),
      target: new SqsSendMessage(orders),
    });

    const bucket = new Bucket(this, 'Records', { removalPolicy, autoDeleteObjects: true, versioned: true });
    new Trail(this, 'Trail', { bucket });
    this.config(bucket);
    this.pipeline(bucket, alerts);

    const vpc = new Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }],
    });
    new AutoScalingGroup(this, 'Servers', {
      vpc,
      launchTemplate: new LaunchTemplate(this, 'Server', {
        instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MICRO),
        machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
      }),
      minCapacity: 0,
      maxCapacity: 1,
    });

    const company = new CfnOrganization(this, 'Company', { featureSet: 'ALL' });
    new CfnOrganizationalUnit(this, 'Shops', { name: 'shops', parentId: company.attrRootId });

    const inventory = new AwsCustomResource(this, 'Inventory', {
      installLatestAwsSdk: false,
      onUpdate: {
        service: 'resource-groups-tagging-api',
        action: 'GetResources',
        parameters: { TagFilters: [{ Key: 'stage', Values: [stage] }] },
        physicalResourceId: PhysicalResourceId.of('inventory'),
        outputPaths: ['ResourceTagMappingList.0.ResourceARN'],
      },
      onDelete: { service: 'resource-groups-tagging-api', action: 'GetResources' },
      policy: { statements: [new PolicyStatement({ actions: ['tag:GetResources'], resources: ['*'] })] },
    });
    inventory.node.addDependency(orders);
    new CfnOutput(this, 'Found', { value: inventory.getResponseField('ResourceTagMappingList.0.ResourceARN') });
    Tags.of(this).add('stage', stage);
  }

  config(bucket: Bucket) {
    const service = new ServicePrincipal('config.amazonaws.com');
    const role = new Role(this, 'ConfigRole', {
      assumedBy: service,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
    });
    const recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: role.roleArn,
      recordingGroup: { allSupported: false, resourceTypes: ['AWS::SQS::Queue'] },
    });
    bucket.grantPut(service);
    bucket.addToResourcePolicy(new PolicyStatement({ principals: [service], actions: ['s3:GetBucketAcl', 's3:ListBucket'], resources: [bucket.bucketArn] }));
    const channel = new CfnDeliveryChannel(this, 'Channel', { s3BucketName: bucket.bucketName });
    channel.node.addDependency(bucket.policy!);
    const rule = new ManagedRule(this, 'Rule', { identifier: 'S3_BUCKET_VERSIONING_ENABLED' });
    rule.node.addDependency(recorder);
  }

  pipeline(bucket: Bucket, alerts: Topic) {
    const source = new Artifact();
    const pipeline = new Pipeline(this, 'Release', {
      artifactBucket: bucket,
      stages: [
        { stageName: 'Source', actions: [new S3SourceAction({ actionName: 'Source', bucket, bucketKey: 'release.zip', output: source, trigger: S3Trigger.NONE })] },
        { stageName: 'Build', actions: [new CodeBuildAction({ actionName: 'Build', input: source, project: new PipelineProject(this, 'Build', { buildSpec: BuildSpec.fromObject({ version: '0.2', phases: { build: { commands: ['true'] } } }) }) })] },
      ],
    });
    pipeline.notifyOn('Told', alerts, { events: [PipelineNotificationEvents.PIPELINE_EXECUTION_FAILED] });
  }
}
