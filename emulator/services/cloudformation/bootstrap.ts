import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stack, StackResource } from '../../cloudformation/stack';
import type { CloudFormationCall } from './state';
import { newStack, register } from './new-stack';
import { storeTemplate } from './template-source';
import { table } from '../../table';

const qualifier = 'hnb659fds';

/** The parameters as `cdk bootstrap` without options leaves them. */
const parameters: Record<string, string> = table({
  TrustedAccounts: '',
  TrustedAccountsForLookup: '',
  CloudFormationExecutionPolicies: '',
  FileAssetsBucketName: '',
  FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
  ContainerAssetsRepositoryName: '',
  Qualifier: qualifier,
  PublicAccessBlockConfiguration: 'true',
  InputPermissionsBoundary: '',
  UseExamplePermissionsBoundary: 'false',
  ApplyPermissionsBoundaryToAllRoles: 'false',
  BootstrapVariant: 'AWS CDK: Default Resources',
  DenyExternalId: 'true',
});

/**
 * The stack of an account that was bootstrapped, with the template of the pinned CDK CLI. Its
 * bucket, roles and parameter are there too: their own services put them there.
 */
export function seedBootstrap(call: CloudFormationCall): void {
  const body = readFileSync(templatePath(), 'utf8');
  const stack = newStack(call, 'CDKToolkit');
  stack.status = 'CREATE_COMPLETE';
  stack.settings = {
    template: storeTemplate(call, body),
    description:
      'This stack includes resources needed to deploy AWS CDK apps into this environment',
    parameters: Object.entries(parameters).map(([key, value]) => ({
      key,
      value,
      isList: key.startsWith('Trusted') || key === 'CloudFormationExecutionPolicies',
      isSecret: false,
    })),
    capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    tags: [],
    notificationArns: [],
  };
  const version = /^ {2}BootstrapVersion:[\s\S]*?^ {4}Value: '(\d+)'/m.exec(body)?.[1] ?? '';
  stack.outputs = outputsOf(call, version);
  stack.resources = new Map(resourcesOf(call).map((each) => [each.logicalId, each]));
  register(call, stack);
  publishExport(call, stack);
}

const templatePath = (): string =>
  join(
    dirname(require.resolve('aws-cdk/package.json')),
    'lib/api/bootstrap/bootstrap-template.yaml',
  );

const bucketName = ({ accountId, region }: CloudFormationCall): string =>
  `cdk-${qualifier}-assets-${accountId}-${region}`;

const repositoryName = ({ accountId, region }: CloudFormationCall): string =>
  `cdk-${qualifier}-container-assets-${accountId}-${region}`;

function outputsOf(call: CloudFormationCall, version: string): Stack['outputs'] {
  const bucket = bucketName(call);
  return [
    {
      OutputKey: 'BucketName',
      OutputValue: bucket,
      Description: 'The name of the S3 bucket owned by the CDK toolkit stack',
    },
    {
      OutputKey: 'BucketDomainName',
      OutputValue: `${bucket}.s3.${call.region}.amazonaws.com`,
      Description: 'The domain name of the S3 bucket owned by the CDK toolkit stack',
    },
    {
      OutputKey: 'FileAssetKeyArn',
      OutputValue: 'AWS_MANAGED_KEY',
      Description: 'The ARN of the KMS key used to encrypt the asset bucket (deprecated)',
      ExportName: `CdkBootstrap-${qualifier}-FileAssetKeyArn`,
    },
    {
      OutputKey: 'ImageRepositoryName',
      OutputValue: repositoryName(call),
      Description: 'The name of the ECR repository which hosts docker image assets',
    },
    {
      OutputKey: 'BootstrapVersion',
      OutputValue: version,
      Description:
        'The version of the bootstrap resources that are currently mastered in this stack',
    },
  ];
}

const roles: [logicalId: string, name: string][] = [
  ['FilePublishingRole', 'file-publishing-role'],
  ['ImagePublishingRole', 'image-publishing-role'],
  ['LookupRole', 'lookup-role'],
  ['DeploymentActionRole', 'deploy-role'],
  ['CloudFormationExecutionRole', 'cfn-exec-role'],
];

function resourcesOf(call: CloudFormationCall): StackResource[] {
  const place = `${call.accountId}-${call.region}`;
  const made = (logicalId: string, type: string, physicalId: string): StackResource => ({
    logicalId,
    type,
    physicalId,
    status: 'CREATE_COMPLETE',
    updatedAt: call.now(),
    properties: {},
    attributes: {},
    dependsOn: [],
    deletionPolicy: type === 'AWS::S3::Bucket' ? 'Retain' : 'Delete',
  });
  return [
    made('StagingBucket', 'AWS::S3::Bucket', bucketName(call)),
    ...roles.map(([logicalId, name]) =>
      made(logicalId, 'AWS::IAM::Role', `cdk-${qualifier}-${name}-${place}`),
    ),
    made('CdkBootstrapVersion', 'AWS::SSM::Parameter', `/cdk-bootstrap/${qualifier}/version`),
  ];
}

function publishExport({ state }: CloudFormationCall, stack: Stack): void {
  for (const { ExportName: name, OutputValue: value = '' } of stack.outputs) {
    if (name !== undefined) state.exports.set(name, { stackId: stack.id, name, value });
  }
}
