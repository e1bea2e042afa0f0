import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';

const document = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});

const role = (more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'fixer',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    ...more,
  },
});

/** A stack that can be deployed again and deleted. */
async function deployed(Resources: object, Outputs: object = {}) {
  const lab = emulated();
  const cloudformation = lab.client(CloudFormation);
  const stack = { StackName: 'lab', Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  const body = (resources: object) => JSON.stringify({ Resources: resources, Outputs });
  await cloudformation.createStack({ ...stack, TemplateBody: body(Resources) });
  await lab.clock.settle();

  const described = async () => {
    const { Stacks: [shown] = [] } = await cloudformation.describeStacks({ StackName: 'lab' });
    const outputs = (shown?.Outputs ?? []).map(({ OutputKey: key = '', OutputValue }) => [
      key,
      OutputValue,
    ]);
    return { status: shown?.StackStatus, outputs: Object.fromEntries(outputs) as object };
  };

  return {
    iam: lab.client(IAM),
    described,
    update: async (resources: object) => {
      await cloudformation.updateStack({ ...stack, TemplateBody: body(resources) });
      await lab.clock.settle();
    },
    remove: async () => {
      await cloudformation.deleteStack({ StackName: 'lab' });
      await lab.clock.settle();
    },
  };
}

const own = (action: string) => ({
  Policies: [{ PolicyName: 'own', PolicyDocument: document(action) }],
});

test('a role is made with its policies, changed in place and deleted', async () => {
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const { iam, described, update, remove } = await deployed(
    {
      Role: role({
        ...own('ec2:*'),
        ManagedPolicyArns: [readOnly],
        Tags: [{ Key: 'a', Value: '1' }],
      }),
    },
    { Ref: { Value: { Ref: 'Role' } }, Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  );
  expect(await described()).toEqual({
    status: 'CREATE_COMPLETE',
    outputs: { Ref: 'fixer', Arn: `arn:aws:iam::${account}:role/fixer` },
  });
  const before = await iam.getRole({ RoleName: 'fixer' });
  expect(await iam.listAttachedRolePolicies({ RoleName: 'fixer' })).toMatchObject({
    AttachedPolicies: [{ PolicyArn: readOnly }],
  });

  await update({ Role: role({ ...own('ssm:*'), Description: 'new', MaxSessionDuration: 7200 }) });
  expect((await iam.getRole({ RoleName: 'fixer' })).Role).toMatchObject({
    RoleId: before.Role?.RoleId,
    Description: 'new',
    MaxSessionDuration: 7200,
  });
  const { PolicyDocument: text = '' } = await iam.getRolePolicy({
    RoleName: 'fixer',
    PolicyName: 'own',
  });
  expect(JSON.parse(decodeURIComponent(text))).toEqual(document('ssm:*'));
  expect(await iam.listAttachedRolePolicies({ RoleName: 'fixer' })).toMatchObject({
    AttachedPolicies: [],
  });
  expect(await iam.listRoleTags({ RoleName: 'fixer' })).toMatchObject({ Tags: [] });

  await remove();
  await expect(iam.getRole({ RoleName: 'fixer' })).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

test('a policy lies in the roles that it names', async () => {
  const policy = (action: string) => ({
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'shared',
      PolicyDocument: document(action),
      Roles: [{ Ref: 'Role' }],
    },
  });
  const { iam, described, update, remove } = await deployed({
    Role: role(),
    Policy: policy('ec2:*'),
  });
  expect(await described()).toMatchObject({ status: 'CREATE_COMPLETE' });
  const current = async () => {
    const { PolicyDocument: text = '' } = await iam.getRolePolicy({
      RoleName: 'fixer',
      PolicyName: 'shared',
    });
    return JSON.parse(decodeURIComponent(text)) as object;
  };
  expect(await current()).toEqual(document('ec2:*'));
  await update({ Role: role(), Policy: policy('ssm:*') });
  expect(await current()).toEqual(document('ssm:*'));
  await remove();
  await expect(iam.getRole({ RoleName: 'fixer' })).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

test('the other types are made and deleted in order', async () => {
  const { iam, described, remove } = await deployed(
    {
      Role: role(),
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          ManagedPolicyName: 'close',
          PolicyDocument: document('ec2:*'),
          Roles: [{ Ref: 'Role' }],
        },
      },
      Profile: {
        Type: 'AWS::IAM::InstanceProfile',
        Properties: { InstanceProfileName: 'web', Roles: [{ Ref: 'Role' }] },
      },
      Group: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'readers' } },
      User: {
        Type: 'AWS::IAM::User',
        Properties: { UserName: 'ann', Groups: [{ Ref: 'Group' }] },
      },
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
      Linked: {
        Type: 'AWS::IAM::ServiceLinkedRole',
        Properties: { AWSServiceName: 'config.amazonaws.com' },
      },
    },
    {
      Managed: { Value: { Ref: 'Managed' } },
      Profile: { Value: { 'Fn::GetAtt': ['Profile', 'Arn'] } },
      User: { Value: { 'Fn::GetAtt': ['User', 'Arn'] } },
      Linked: { Value: { Ref: 'Linked' } },
    },
  );
  expect(await described()).toEqual({
    status: 'CREATE_COMPLETE',
    outputs: {
      Managed: `arn:aws:iam::${account}:policy/close`,
      Profile: `arn:aws:iam::${account}:instance-profile/web`,
      User: `arn:aws:iam::${account}:user/ann`,
      Linked: 'AWSServiceRoleForConfig',
    },
  });
  expect((await iam.listAccessKeys({ UserName: 'ann' })).AccessKeyMetadata).toHaveLength(1);
  await remove();
  await expect(described()).rejects.toMatchObject({ name: 'ValidationError' });
  expect(await iam.listUsers()).toMatchObject({ Users: [] });
  expect(await iam.listPolicies({ Scope: 'Local' })).toMatchObject({ Policies: [] });
});

test('a role that someone attached a policy to cannot be deleted with its stack', async () => {
  const { iam, described, remove } = await deployed({ Role: role() });
  await iam.attachRolePolicy({
    RoleName: 'fixer',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
  await remove();
  expect(await described()).toMatchObject({ status: 'DELETE_FAILED' });
});
