import type { StageDeclaration } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../../checker/account';
import { makeRole } from './role';

/** A value that the scene exports, by its key. */
type Scene = (key: string) => string;

const name = 'friday';

/** The pipeline, what starts it and what tells of its failures. */
export async function pipelineByCalls(account: Account, scene: Scene): Promise<void> {
  const roleArn = await pipelineRole(account, scene);
  await account.codepipeline.createPipeline({
    pipeline: {
      name,
      roleArn,
      pipelineType: 'V2',
      executionMode: 'SUPERSEDED',
      artifactStore: { type: 'S3', location: scene('ArtifactsBucketName') },
      stages: stages(scene),
    },
  });
  await startOnRelease(account, scene);
  await tellFailures(account, scene);
}

const pipelineRole = (account: Account, scene: Scene) =>
  makeRole(account, {
    name: 'friday-pipeline',
    service: 'codepipeline.amazonaws.com',
    statements: [
      {
        Action: ['s3:GetBucketVersioning', 's3:GetObject*', 's3:PutObject'],
        Resource: ['ReleasesBucketName', 'ArtifactsBucketName'].flatMap((key) => [
          `arn:aws:s3:::${scene(key)}`,
          `arn:aws:s3:::${scene(key)}/*`,
        ]),
      },
      { Action: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], Resource: '*' },
      { Action: ['sns:Publish'], Resource: scene('ApprovalsTopicArn') },
      { Action: ['cloudformation:*'], Resource: '*' },
      {
        Action: ['iam:PassRole'],
        Resource: scene('DeployRoleArn'),
        Condition: {
          StringEqualsIfExists: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
        },
      },
    ],
  });

const action = (category: 'Source' | 'Build' | 'Approval' | 'Deploy', provider: string) => ({
  name: provider,
  actionTypeId: { category, owner: 'AWS' as const, provider, version: '1' },
});

const stages = (scene: Scene): StageDeclaration[] => [
  {
    name: 'Zip',
    actions: [
      {
        ...action('Source', 'S3'),
        configuration: {
          S3Bucket: scene('ReleasesBucketName'),
          S3ObjectKey: 'release.zip',
          PollForSourceChanges: 'false',
        },
        outputArtifacts: [{ name: 'Zip' }],
      },
    ],
  },
  {
    name: 'Package',
    actions: [
      {
        ...action('Build', 'CodeBuild'),
        configuration: { ProjectName: scene('BuildProjectName') },
        inputArtifacts: [{ name: 'Zip' }],
        outputArtifacts: [{ name: 'Built' }],
      },
    ],
  },
  out(scene),
];

const out = (scene: Scene): StageDeclaration => ({
  name: 'Out',
  // One stage for both: the order of the run decides.
  actions: [
    {
      ...action('Approval', 'Manual'),
      runOrder: 1,
      configuration: { NotificationArn: scene('ApprovalsTopicArn') },
    },
    {
      ...action('Deploy', 'CloudFormation'),
      runOrder: 2,
      inputArtifacts: [{ name: 'Built' }],
      configuration: {
        ActionMode: 'CREATE_UPDATE',
        StackName: 'lab-01-orders',
        TemplatePath: 'Built::packaged.yaml',
        Capabilities: 'CAPABILITY_IAM,CAPABILITY_NAMED_IAM',
        RoleArn: scene('DeployRoleArn'),
        ParameterOverrides: JSON.stringify({
          CodeBucket: { 'Fn::GetArtifactAtt': ['Built', 'BucketName'] },
          CodeKey: { 'Fn::GetArtifactAtt': ['Built', 'ObjectKey'] },
        }),
      },
    },
  ],
});

async function startOnRelease(account: Account, scene: Scene): Promise<void> {
  const { events, region, accountId } = account;
  const Arn = `arn:aws:codepipeline:${region}:${accountId}:${name}`;
  const RoleArn = await makeRole(account, {
    name: 'friday-starter',
    service: 'events.amazonaws.com',
    statements: [{ Action: ['codepipeline:StartPipelineExecution'], Resource: Arn }],
  });
  await events.putRule({
    Name: 'friday-release',
    EventPattern: JSON.stringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: [scene('ReleasesBucketName')] },
        object: { key: [{ suffix: '.zip' }] },
      },
    }),
  });
  await events.putTargets({ Rule: 'friday-release', Targets: [{ Id: 'pipeline', Arn, RoleArn }] });
}

async function tellFailures(account: Account, scene: Scene): Promise<void> {
  const { codestarNotifications, region, accountId } = account;
  await codestarNotifications.createNotificationRule({
    Name: 'friday-failed',
    Resource: `arn:aws:codepipeline:${region}:${accountId}:${name}`,
    EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
    DetailType: 'BASIC',
    Targets: [{ TargetType: 'SNS', TargetAddress: scene('ApprovalsTopicArn') }],
  });
}
