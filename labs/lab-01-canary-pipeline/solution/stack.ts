import { Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnPipeline, Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CodePipeline, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { pipelinePolicy } from './policy';
import { approval, build, deploy, source } from './stages';

const scene = (key: string): string => Fn.importValue(`lab-01-${key}`);

/** The starter, completed: a release is built, approved and handed to CloudFormation, and failures are told. */
export default class WorkStack extends Stack {
  readonly role: Role;
  readonly pipeline: CfnPipeline;
  readonly startRule: Rule;
  readonly failureRule: Rule;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-01');

    this.role = new Role(this, 'PipelineRole', {
      assumedBy: new ServicePrincipal('codepipeline.amazonaws.com'),
      inlinePolicies: { Release: pipelinePolicy(scene) },
    });
    this.pipeline = new CfnPipeline(this, 'Pipeline', {
      roleArn: this.role.roleArn,
      pipelineType: 'V2',
      artifactStore: { type: 'S3', location: scene('ArtifactsBucketName') },
      stages: [source(scene), build(scene), approval(scene), deploy(scene)],
    });
    this.pipeline.node.addDependency(this.role);
    this.startRule = this.startOnRelease();
    this.failureRule = this.tellFailures();
  }

  /** The bucket tells EventBridge of every object; the release is one of them. */
  private startOnRelease(): Rule {
    const { region, account } = this;
    const arn = `arn:aws:codepipeline:${region}:${account}:${this.pipeline.ref}`;
    return new Rule(this, 'Released', {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [scene('ReleasesBucketName')] },
          object: { key: ['release.zip'] },
        },
      },
      targets: [new CodePipeline(Pipeline.fromPipelineArn(this, 'Release', arn))],
    });
  }

  /** Events spell the state FAILED; only the API says Failed. */
  private tellFailures(): Rule {
    return new Rule(this, 'Failed', {
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: [this.pipeline.ref], state: ['FAILED'] },
      },
      targets: [new SnsTopic(Topic.fromTopicArn(this, 'Topic', scene('ApprovalsTopicArn')))],
    });
  }
}
