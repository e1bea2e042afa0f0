import { arnIn } from './entities';
import type { IamCall, Role } from './state';

interface Bootstrapped {
  trust?: unknown;
  inline?: Record<string, unknown[]>;
  attached?: string[];
}

const qualifier = 'hnb659fds';
const awsPolicy = 'arn:aws:iam::aws:policy/';

/** The roles of the CDK's bootstrap stack for the Region of the call; the stack has them as its own. */
export function seedBootstrapRoles(call: IamCall): void {
  const { accountId, region } = call;
  for (const [purpose, described] of Object.entries(bootstrapped(accountId, region))) {
    const name = `cdk-${qualifier}-${purpose}-role-${accountId}-${region}`;
    call.state.roles.set(name, toRole(call, { name, purpose, described }));
  }
}

function toRole(
  call: IamCall,
  { name, purpose, described }: { name: string; purpose: string; described: Bootstrapped },
): Role {
  const { trust = trustOf(call.accountId), inline = {}, attached = [] } = described;
  return {
    kind: 'role',
    name,
    path: '/',
    id: `AROA${call.random.upper(17)}`,
    createdAt: call.now(),
    trustPolicy: policy(trust),
    maxSessionDuration: 3600,
    tags: purpose === 'cfn-exec' ? {} : { 'aws-cdk:bootstrap-role': purpose },
    inline: new Map(Object.entries(inline).map(([key, value]) => [key, policy(value)])),
    attached: new Set(attached.map((policyName) => awsPolicy + policyName)),
  };
}

const policy = (statements: unknown): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trustOf = (accountId: string) =>
  ['sts:AssumeRole', 'sts:TagSession'].map((action) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: action,
  }));

const allow = (actions: string[], resources: string | string[] = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...more,
});

/** From the template that `cdk bootstrap` deploys, its parameters left at their defaults. */
function bootstrapped(accountId: string, region: string): Record<string, Bootstrapped> {
  const bucket = `arn:aws:s3:::cdk-${qualifier}-assets-${accountId}-${region}`;
  const place = { accountId, region, bucketAndObjects: [bucket, `${bucket}/*`] };
  return {
    'cfn-exec': {
      trust: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudformation.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
      attached: ['AdministratorAccess'],
    },
    deploy: {
      inline: { default: deployPermissions(place) },
      attached: ['AWSCloudFormationReadOnlyAccess'],
    },
    'file-publishing': {
      inline: {
        [`cdk-${qualifier}-file-publishing-role-default-policy-${accountId}-${region}`]:
          filePermissions(place),
      },
    },
    'image-publishing': {
      inline: {
        [`cdk-${qualifier}-image-publishing-role-default-policy-${accountId}-${region}`]:
          imagePermissions(place),
      },
    },
    lookup: {
      inline: { LookupRolePolicy: [{ Effect: 'Deny', Action: ['kms:Decrypt'], Resource: '*' }] },
      attached: ['ReadOnlyAccess'],
    },
  };
}

interface Place {
  accountId: string;
  region: string;
  bucketAndObjects: string[];
}

const read = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
const write = ['s3:Abort*', 's3:DeleteObject*', 's3:PutObject*'];
const useKey = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
];

const changeStacks = [
  'CreateChangeSet',
  'DeleteChangeSet',
  'ExecuteChangeSet',
  'CreateStack',
  'UpdateStack',
  'RollbackStack',
  'ContinueUpdateRollback',
  'DeleteStack',
  'UpdateTerminationProtection',
  'CreateStackRefactor',
  'ExecuteStackRefactor',
];

function deployPermissions({ accountId, region, bucketAndObjects }: Place) {
  const execution = `cdk-${qualifier}-cfn-exec-role-${accountId}-${region}`;
  const version = `arn:aws:ssm:${region}:${accountId}:parameter/cdk-bootstrap/${qualifier}/version`;
  return [
    allow([...changeStacks.map((name) => `cloudformation:${name}`), 'sts:GetCallerIdentity']),
    allow([...read, ...write], '*', {
      Condition: { StringNotEquals: { 's3:ResourceAccount': accountId } },
    }),
    allow(useKey, '*', {
      Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    }),
    allow(['iam:PassRole'], arnIn(accountId, 'role', { path: '/', name: execution })),
    allow(read, bucketAndObjects),
    allow(['ssm:GetParameter', 'ssm:GetParameters'], version),
  ];
}

const filePermissions = ({ accountId, bucketAndObjects }: Place) => [
  allow([...read, ...write, 's3:GetEncryptionConfiguration'], bucketAndObjects, {
    Condition: { StringEquals: { 'aws:ResourceAccount': [accountId] } },
  }),
];

const imagePermissions = ({ accountId, region }: Place) => [
  allow(
    [
      'ecr:PutImage',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:BatchCheckLayerAvailability',
      'ecr:DescribeRepositories',
      'ecr:DescribeImages',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    ],
    `arn:aws:ecr:${region}:${accountId}:repository/cdk-${qualifier}-container-assets-${accountId}-${region}`,
  ),
  allow(['ecr:GetAuthorizationToken']),
];
