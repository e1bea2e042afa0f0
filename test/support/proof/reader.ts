import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import type { GradedTarget } from '../../../checker/connect';
import type { Learner } from './learner';
import type { LoadedLab } from './loaded';

/** What opening the account asks, beside the checks. */
const always = ['cloudformation:DescribeStacks', 'sts:GetCallerIdentity'];

/** Calls whose IAM action bears another name. */
const actions: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListObjectsV2': 's3:ListBucket',
};

/** The account as a role sees it that may do what the checks declare, and nothing else. */
export async function targetOfReader(
  { here, target }: Learner,
  { checks }: LoadedLab,
): Promise<GradedTarget> {
  const calls = Object.values(checks).flatMap(({ reads }) => reads);
  const Action = [...new Set([...always, ...calls])].map((call) => actions[call] ?? call);
  const iam = here.client(IAM);
  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const { Role } = await iam.createRole({
    RoleName: 'grader',
    AssumeRolePolicyDocument: policy({
      Action: 'sts:AssumeRole',
      Principal: { AWS: '000000000000' },
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'grader',
    PolicyName: 'reads',
    PolicyDocument: policy({ Action, Resource: '*' }),
  });
  const session = { RoleArn: Role?.Arn, RoleSessionName: 'grader' };
  const { Credentials = {} } = await here.client(STS).assumeRole(session);
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
  } = Credentials as Record<string, string>;
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { ...target, connection: { ...target.connection, credentials } };
}
