import { IAM } from '@aws-sdk/client-iam';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});
const allowing = (action: string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
  });

const iamOf = () => emulated().client(IAM);

async function withRole(more: object = {}) {
  const lab = emulated();
  const iam = lab.client(IAM);
  await iam.createRole({ RoleName: 'fixer', AssumeRolePolicyDocument: trust, ...more });
  return { ...lab, iam };
}

describe('roles', () => {
  test('a role is shown as it was made', async () => {
    const { iam } = await withRole({
      Path: '/lab/',
      Description: 'Closes ports',
      MaxSessionDuration: 7200,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
      Tags: [{ Key: 'lab', Value: '05' }],
    });
    const { Role: role } = await iam.getRole({ RoleName: 'fixer' });
    expect(role).toMatchObject({
      Arn: `arn:aws:iam::${account}:role/lab/fixer`,
      Path: '/lab/',
      Description: 'Closes ports',
      MaxSessionDuration: 7200,
      PermissionsBoundary: {
        PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess',
      },
      Tags: [{ Key: 'lab', Value: '05' }],
      CreateDate: new Date('2026-01-01T00:00:00Z'),
    });
    expect(role?.RoleId).toMatch(/^AROA[A-Z0-9]{17}$/);
    expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  });

  test('a role may come to trust another', async () => {
    const { iam } = await withRole();
    const document = trust.replace('ssm.amazonaws.com', 'lambda.amazonaws.com');
    await iam.updateAssumeRolePolicy({ RoleName: 'fixer', PolicyDocument: document });
    const { Role: role } = await iam.getRole({ RoleName: 'fixer' });
    expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '')).toBe(document);
  });

  test('a role goes only after its policies (moto iam/models.py)', async () => {
    const { iam } = await withRole();
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.attachRolePolicy({ RoleName: 'fixer', PolicyArn: admin });
    await iam.putRolePolicy({
      RoleName: 'fixer',
      PolicyName: 'own',
      PolicyDocument: allowing('*'),
    });
    const remove = () => iam.deleteRole({ RoleName: 'fixer' });
    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.detachRolePolicy({ RoleName: 'fixer', PolicyArn: admin });
    await expect(remove()).rejects.toMatchObject({
      message: 'Cannot delete entity, must delete policies first.',
    });
    await iam.deleteRolePolicy({ RoleName: 'fixer', PolicyName: 'own' });
    await remove();
    await expect(iam.getRole({ RoleName: 'fixer' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('a list is cut into pages', async () => {
    const { iam } = await withRole({ Path: '/lab/' });
    await iam.createRole({ RoleName: 'other', Path: '/lab/', AssumeRolePolicyDocument: trust });
    const first = await iam.listRoles({ PathPrefix: '/lab/', MaxItems: 1 });
    expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'fixer' }] });
    const rest = await iam.listRoles({ PathPrefix: '/lab/', Marker: first.Marker });
    expect(rest).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: 'other' }] });
  });

  test('a service-linked role is changed by its service only', async () => {
    const iam = iamOf();
    await iam.createServiceLinkedRole({ AWSServiceName: 'config.amazonaws.com' });
    await expect(iam.deleteRole({ RoleName: 'AWSServiceRoleForConfig' })).rejects.toMatchObject({
      name: 'UnmodifiableEntityException',
    });
    const { DeletionTaskId } = await iam.deleteServiceLinkedRole({
      RoleName: 'AWSServiceRoleForConfig',
    });
    expect(await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).toMatchObject({
      Status: 'SUCCEEDED',
    });
  });
});

describe('managed policies', () => {
  async function withPolicy() {
    const { iam, ...lab } = await withRole();
    const { Policy: policy } = await iam.createPolicy({
      PolicyName: 'close',
      PolicyDocument: allowing('ec2:*'),
    });
    return { ...lab, iam, arn: policy?.Arn ?? '' };
  }

  test('a new default version is the one in force', async () => {
    const { iam, arn } = await withPolicy();
    const document = allowing('ssm:*');
    await iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: document, SetAsDefault: true });
    expect((await iam.getPolicy({ PolicyArn: arn })).Policy).toMatchObject({
      Arn: `arn:aws:iam::${account}:policy/close`,
      DefaultVersionId: 'v2',
      AttachmentCount: 0,
    });
    const { PolicyVersion: version } = await iam.getPolicyVersion({
      PolicyArn: arn,
      VersionId: 'v2',
    });
    expect(decodeURIComponent(version?.Document ?? '')).toBe(document);
  });

  test('a policy goes only when nothing has it', async () => {
    const { iam, arn } = await withPolicy();
    await iam.attachRolePolicy({ RoleName: 'fixer', PolicyArn: arn });
    await expect(iam.deletePolicy({ PolicyArn: arn })).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    expect(await iam.listEntitiesForPolicy({ PolicyArn: arn })).toMatchObject({
      PolicyRoles: [{ RoleName: 'fixer' }],
    });
    await iam.detachRolePolicy({ RoleName: 'fixer', PolicyArn: arn });
    await iam.deletePolicy({ PolicyArn: arn });
    await expect(iam.getPolicy({ PolicyArn: arn })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('a sixth version is refused', async () => {
    const { iam, arn } = await withPolicy();
    const version = () =>
      iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: allowing('ssm:*') });
    await Promise.all([version(), version(), version(), version()]);
    await expect(version()).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test("AWS's own policies can be read and not changed", async () => {
    const iam = iamOf();
    const arn = 'arn:aws:iam::aws:policy/service-role/AmazonSSMAutomationRole';
    expect((await iam.getPolicy({ PolicyArn: arn })).Policy).toMatchObject({
      PolicyName: 'AmazonSSMAutomationRole',
      Path: '/service-role/',
    });
    await expect(iam.deletePolicy({ PolicyArn: arn })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('a malformed document is refused (moto iam/policy_validation.py)', async () => {
    await expect(
      iamOf().createPolicy({ PolicyName: 'x', PolicyDocument: allowing('GetObject') }),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    });
  });
});

describe('users and groups', () => {
  async function withUser() {
    const lab = emulated();
    const iam = lab.client(IAM);
    await iam.createUser({ UserName: 'ann', Tags: [{ Key: 'team', Value: 'red' }] });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
    const ann = lab.client(IAM, { accessKeyId: key?.AccessKeyId ?? '' });
    return { ...lab, iam, ann, key };
  }

  test('a key acts as its user, whom policies bind (text unverified)', async () => {
    const { iam, ann } = await withUser();
    await expect(ann.getUser({})).rejects.toMatchObject({
      message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: iam:GetUser on resource: user ann because no identity-based policy allows the iam:GetUser action`,
    });
    const PolicyDocument = allowing('iam:GetUser', {
      Resource: `arn:aws:iam::${account}:user/\${aws:username}`,
    });
    await iam.putUserPolicy({ UserName: 'ann', PolicyName: 'self', PolicyDocument });
    expect((await ann.getUser({})).User).toMatchObject({ UserName: 'ann' });
  });

  test('a user has the policies of its groups', async () => {
    const { iam, ann } = await withUser();
    await iam.createGroup({ GroupName: 'readers' });
    await iam.attachGroupPolicy({
      GroupName: 'readers',
      PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
    });
    await iam.addUserToGroup({ GroupName: 'readers', UserName: 'ann' });
    await expect(ann.listRoles()).resolves.toBeDefined();
    await expect(ann.createGroup({ GroupName: 'x' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a boundary caps a user (text unverified)', async () => {
    const { iam, ann } = await withUser();
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.attachUserPolicy({ UserName: 'ann', PolicyArn: admin });
    await iam.putUserPermissionsBoundary({
      UserName: 'ann',
      PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
    });
    await expect(ann.listRoles()).resolves.toBeDefined();
    await expect(ann.createGroup({ GroupName: 'x' })).rejects.toMatchObject({
      message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: iam:CreateGroup on resource: arn:aws:iam::${account}:group/x because no permissions boundary allows the iam:CreateGroup action`,
    });
  });

  test('the tag of a resource decides where a policy asks for it', async () => {
    const { iam, ann } = await withUser();
    const tagged = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
    const PolicyDocument = allowing('iam:GetRole', { Condition: tagged });
    await iam.putUserPolicy({ UserName: 'ann', PolicyName: 'own', PolicyDocument });
    const make = (RoleName: string, team: string) =>
      iam.createRole({
        RoleName,
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: 'team', Value: team }],
      });
    await make('red', 'red');
    await make('blue', 'blue');
    await expect(ann.getRole({ RoleName: 'red' })).resolves.toBeDefined();
    await expect(ann.getRole({ RoleName: 'blue' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a user and a group keep each other under new names', async () => {
    const iam = iamOf();
    await iam.createUser({ UserName: 'ann' });
    await iam.createUser({ UserName: 'bob' });
    await iam.createGroup({ GroupName: 'testers' });
    await iam.addUserToGroup({ UserName: 'ann', GroupName: 'testers' });

    await iam.updateUser({ UserName: 'ann', NewUserName: 'eve', NewPath: '/shop/' });
    await iam.updateGroup({ GroupName: 'testers', NewGroupName: 'auditors' });

    await expect(iam.getGroup({ GroupName: 'auditors' })).resolves.toMatchObject({
      Group: { Arn: `arn:aws:iam::${account}:group/auditors` },
      Users: [{ UserName: 'eve', Arn: `arn:aws:iam::${account}:user/shop/eve` }],
    });
    await expect(iam.getUser({ UserName: 'ann' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(iam.updateUser({ UserName: 'bob', NewUserName: 'Eve' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
  });

  test('a user goes only after its keys', async () => {
    const { iam, key } = await withUser();
    await expect(iam.deleteUser({ UserName: 'ann' })).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.deleteAccessKey({ UserName: 'ann', AccessKeyId: key?.AccessKeyId });
    await iam.deleteUser({ UserName: 'ann' });
    await expect(iam.getUser({ UserName: 'ann' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

test('an instance profile takes one role and must be emptied first', async () => {
  const { iam } = await withRole();
  const profile = { InstanceProfileName: 'web' };
  await iam.createInstanceProfile(profile);
  await iam.addRoleToInstanceProfile({ ...profile, RoleName: 'fixer' });
  expect((await iam.getInstanceProfile(profile)).InstanceProfile).toMatchObject({
    Arn: `arn:aws:iam::${account}:instance-profile/web`,
    Roles: [{ RoleName: 'fixer' }],
  });
  await expect(
    iam.addRoleToInstanceProfile({ ...profile, RoleName: 'fixer' }),
  ).rejects.toMatchObject({
    name: 'LimitExceededException',
  });
  await expect(iam.deleteRole({ RoleName: 'fixer' })).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
});

test('the account is told as a whole', async () => {
  const { iam } = await withRole();
  await iam.putRolePolicy({
    RoleName: 'fixer',
    PolicyName: 'own',
    PolicyDocument: allowing('ec2:*'),
  });
  const { RoleDetailList: roles, UserDetailList: users } = await iam.getAccountAuthorizationDetails(
    { Filter: ['Role'] },
  );
  const fixer = roles?.find(({ RoleName: name }) => name === 'fixer');
  expect(fixer?.RolePolicyList).toMatchObject([{ PolicyName: 'own' }]);
  expect(users).toEqual([]);
});

test('each Region that is touched has the roles of the CDK bootstrap', async () => {
  const { client } = emulated();
  const iam = client(IAM, { region: 'eu-west-1' });
  const { Roles: roles = [] } = await iam.listRoles();
  const names = roles
    .map(({ RoleName: name }) => name)
    .filter((name) => name?.endsWith('eu-west-1'));
  expect(names).toEqual([
    'cdk-hnb659fds-cfn-exec-role-000000000000-eu-west-1',
    'cdk-hnb659fds-deploy-role-000000000000-eu-west-1',
    'cdk-hnb659fds-file-publishing-role-000000000000-eu-west-1',
    'cdk-hnb659fds-image-publishing-role-000000000000-eu-west-1',
    'cdk-hnb659fds-lookup-role-000000000000-eu-west-1',
  ]);
});
