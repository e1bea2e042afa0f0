import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const allow = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

async function roleWith(statement: object) {
  const { client } = emulated();
  const iam = client(IAM);
  await iam.createRole({
    RoleName: 'closer',
    AssumeRolePolicyDocument: allow({
      Principal: { AWS: '000000000000' },
      Action: 'sts:AssumeRole',
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'closer',
    PolicyName: 'closer',
    PolicyDocument: allow(statement),
  });
  const { Credentials: credentials } = await client(STS).assumeRole({
    RoleArn: 'arn:aws:iam::000000000000:role/closer',
    RoleSessionName: 'test',
  });
  return { root: client(EC2), role: client(EC2, { credentials }) };
}

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };

async function openGroup(ec2: EC2, tags: Record<string, string>) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { GroupId } = await ec2.createSecurityGroup({
    GroupName: 'web',
    Description: 'web',
    ...(Tags.length ? { TagSpecifications: [{ ResourceType: 'security-group', Tags }] } : {}),
  });
  await ec2.authorizeSecurityGroupIngress({ GroupId, ...ssh });
  return { GroupId, ...ssh };
}

describe('a role that may revoke on tagged groups only', () => {
  const statement = {
    Action: 'ec2:RevokeSecurityGroupIngress',
    Resource: 'arn:aws:ec2:*:*:security-group/*',
    Condition: { StringEquals: { 'aws:ResourceTag/dop-labs:lab': 'lab-05' } },
  };

  test('revokes there', async () => {
    const { root, role } = await roleWith(statement);
    const rule = await openGroup(root, { 'dop-labs:lab': 'lab-05' });

    await expect(role.revokeSecurityGroupIngress(rule)).resolves.toMatchObject({ Return: true });
  });

  test('is denied elsewhere, by action and ARN (https://github.com/ministryofjustice/modernisation-platform/pull/8419)', async () => {
    const { root, role } = await roleWith(statement);
    const rule = await openGroup(root, {});

    await expect(role.revokeSecurityGroupIngress(rule)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(
        `is not authorized to perform: ec2:RevokeSecurityGroupIngress on resource: arn:aws:ec2:us-east-1:000000000000:security-group/${rule.GroupId}`,
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('is denied every other change', async () => {
    const { root, role } = await roleWith(statement);
    const rule = await openGroup(root, { 'dop-labs:lab': 'lab-05' });

    await expect(role.authorizeSecurityGroupIngress(rule)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    await expect(role.deleteSecurityGroup(rule)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });
});

test('creating a group with tags asks for CreateTags with its creating action', async () => {
  const Tags = [{ Key: 'team', Value: 'core' }];
  const request = {
    GroupName: 'web',
    Description: 'web',
    TagSpecifications: [{ ResourceType: 'security-group' as const, Tags }],
  };
  const create = { Action: ['ec2:CreateSecurityGroup'], Resource: '*' };
  const { role: untagging } = await roleWith(create);
  const { role: tagging } = await roleWith({
    Action: ['ec2:CreateSecurityGroup', 'ec2:CreateTags'],
    Resource: '*',
    Condition: {
      StringEqualsIfExists: {
        'ec2:CreateAction': 'CreateSecurityGroup',
        'aws:RequestTag/team': 'core',
      },
    },
  });

  await expect(untagging.createSecurityGroup(request)).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
  await expect(tagging.createSecurityGroup(request)).resolves.toMatchObject({ Tags });
});
