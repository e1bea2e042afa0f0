import { CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { buildPolicy, deployPolicy } from './scene/policies';

const services = ['events', 'cloudwatch', 'codestar-notifications'];

/** What the tasks only use: where releases land, what builds them, who may deploy, and who is told. */
export default class CanaryPipelineScene extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-01');

    const releases = this.bucket('Releases', { versioned: true, eventBridgeEnabled: true });
    const artifacts = this.bucket('Artifacts');
    const topic = new Topic(this, 'Approvals');
    const inbox = new Queue(this, 'Inbox');
    topic.addSubscription(new SqsSubscription(inbox));
    for (const service of services)
      topic.grantPublish(new ServicePrincipal(`${service}.amazonaws.com`));

    const project = this.project(artifacts);
    const deployRole = new Role(this, 'DeployRole', {
      assumedBy: new ServicePrincipal('cloudformation.amazonaws.com'),
      inlinePolicies: { DeployOrders: deployPolicy([releases.bucketArn, artifacts.bucketArn]) },
    });

    this.export('ReleasesBucketName', releases.bucketName);
    this.export('ArtifactsBucketName', artifacts.bucketName);
    this.export('ApprovalsTopicArn', topic.topicArn);
    this.export('InboxUrl', inbox.queueUrl);
    this.export('BuildProjectName', project.ref);
    this.export('DeployRoleArn', deployRole.roleArn);
  }

  private bucket(id: string, more: { versioned?: true; eventBridgeEnabled?: true } = {}): Bucket {
    const bucket = new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(more.versioned && { versioned: true }),
    });
    // The L2 switches notifications on by a function of its own; the property does it alone.
    if (more.eventBridgeEnabled) {
      const resource = bucket.node.defaultChild as CfnBucket;
      resource.notificationConfiguration = {
        eventBridgeConfiguration: { eventBridgeEnabled: true },
      };
    }
    return bucket;
  }

  /** Builds what a pipeline hands it by the buildspec.yml of the source. */
  private project(artifacts: Bucket): CfnProject {
    const role = new Role(this, 'BuildRole', {
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
      inlinePolicies: { Build: buildPolicy(artifacts.bucketArn) },
    });
    return new CfnProject(this, 'Build', {
      serviceRole: role.roleArn,
      source: { type: 'CODEPIPELINE' },
      artifacts: { type: 'CODEPIPELINE' },
      environment: {
        type: 'LINUX_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image: 'aws/codebuild/standard:7.0',
      },
      timeoutInMinutes: 10,
    });
  }

  /** `Fn.importValue('lab-01-DeployRoleArn')` reads it in the learner's stack. */
  private export(key: string, value: string): void {
    new CfnOutput(this, key, { value, exportName: `lab-01-${key}` });
  }
}
