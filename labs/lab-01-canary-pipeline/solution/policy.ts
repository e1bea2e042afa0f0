import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Scene } from './stages';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ actions, resources });

/** What the pipeline does itself; what it deploys, CloudFormation does as the deploy role. */
export const pipelinePolicy = (scene: Scene): PolicyDocument => {
  const releases = `arn:aws:s3:::${scene('ReleasesBucketName')}`;
  const artifacts = `arn:aws:s3:::${scene('ArtifactsBucketName')}`;
  return new PolicyDocument({
    statements: [
      allow(['s3:GetBucketVersioning'], releases),
      allow(['s3:GetObject', 's3:GetObjectVersion'], `${releases}/release.zip`),
      allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], `${artifacts}/*`),
      allow(
        ['codebuild:StartBuild', 'codebuild:BatchGetBuilds', 'codebuild:StopBuild'],
        arn('codebuild', `project/${scene('BuildProjectName')}`),
      ),
      allow(['sns:Publish'], scene('ApprovalsTopicArn')),
      allow(
        [
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:DescribeStacks',
          'cloudformation:DescribeStackEvents',
          'cloudformation:GetTemplate',
        ],
        arn('cloudformation', 'stack/lab-01-orders/*'),
      ),
      passDeployRole(scene),
    ],
  });
};

/** The one role that it hands on, and to CloudFormation alone. */
const passDeployRole = (scene: Scene): PolicyStatement =>
  new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [scene('DeployRoleArn')],
    conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  });
