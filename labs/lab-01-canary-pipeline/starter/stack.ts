import { Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

const scene = (key: string): string => Fn.importValue(`lab-01-${key}`);

/** Yours to change. It deploys, and no release goes anywhere. What the service itself is lies in orders/. */
export default class WorkStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    Tags.of(this).add('dop-labs:lab', 'lab-01');

    // TODO (g): may it really hand every role of the account to every service?
    new Role(this, 'PipelineRole', {
      assumedBy: new ServicePrincipal('codepipeline.amazonaws.com'),
      inlinePolicies: {
        Release: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:*', 'codebuild:*', 'cloudformation:*', 'iam:PassRole'],
              resources: ['*'],
            }),
          ],
        }),
      },
    });

    // TODO (b): the pipeline (CfnPipeline), and the rule that starts it when release.zip is put.
    //   Source and artifacts: scene('ReleasesBucketName'), scene('ArtifactsBucketName')
    //   Build and approval:   scene('BuildProjectName'), scene('ApprovalsTopicArn')
    //   Deploy:               scene('DeployRoleArn'), stack lab-01-orders

    // TODO (f): how do events spell it?
    new Rule(this, 'Failed', {
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: { state: ['Failed'] },
      },
      targets: [new SnsTopic(Topic.fromTopicArn(this, 'Topic', scene('ApprovalsTopicArn')))],
    });
  }
}
