import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';

/** A value that the scene exports, by its key. */
export type Scene = (key: string) => string;

type Stage = CfnPipeline.StageDeclarationProperty;

const byAws = (category: string, provider: string) => ({
  category,
  owner: 'AWS',
  provider,
  version: '1',
});

export const source = (scene: Scene): Stage => ({
  name: 'Source',
  actions: [
    {
      name: 'Release',
      actionTypeId: byAws('Source', 'S3'),
      configuration: {
        S3Bucket: scene('ReleasesBucketName'),
        S3ObjectKey: 'release.zip',
        PollForSourceChanges: false,
      },
      outputArtifacts: [{ name: 'Code' }],
    },
  ],
});

export const build = (scene: Scene): Stage => ({
  name: 'Build',
  actions: [
    {
      name: 'TestAndPackage',
      actionTypeId: byAws('Build', 'CodeBuild'),
      configuration: { ProjectName: scene('BuildProjectName') },
      inputArtifacts: [{ name: 'Code' }],
      outputArtifacts: [{ name: 'Package' }],
    },
  ],
});

export const approval = (scene: Scene): Stage => ({
  name: 'Approval',
  actions: [
    {
      name: 'Ask',
      actionTypeId: byAws('Approval', 'Manual'),
      configuration: {
        NotificationArn: scene('ApprovalsTopicArn'),
        CustomData: 'Shall this release of the orders service go to a tenth of the customers?',
      },
    },
  ],
});

/** There is no CodeDeploy action for Lambda: CloudFormation has CodeDeploy move the alias. */
export const deploy = (scene: Scene): Stage => ({
  name: 'Deploy',
  actions: [
    {
      name: 'Orders',
      actionTypeId: byAws('Deploy', 'CloudFormation'),
      configuration: {
        ActionMode: 'CREATE_UPDATE',
        StackName: 'lab-01-orders',
        TemplatePath: 'Package::packaged.yaml',
        Capabilities: 'CAPABILITY_NAMED_IAM',
        RoleArn: scene('DeployRoleArn'),
        ParameterOverrides: JSON.stringify({
          CodeBucket: { 'Fn::GetArtifactAtt': ['Package', 'BucketName'] },
          CodeKey: { 'Fn::GetArtifactAtt': ['Package', 'ObjectKey'] },
        }),
      },
      inputArtifacts: [{ name: 'Package' }],
    },
  ],
});
