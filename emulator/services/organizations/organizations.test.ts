import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const management = '000000000000';

/** An account that was asked for, when the work is done. */
async function newAccount({ client, clock }: ReturnType<typeof emulated>) {
  const organizations = client(Organizations);
  const { CreateAccountStatus: asked } = await organizations.createAccount({
    AccountName: 'Shop',
    Email: 'shop@example.com',
  });
  await clock.settle();
  const { CreateAccountStatus: done } = await organizations.describeCreateAccountStatus({
    CreateAccountRequestId: asked?.Id,
  });
  return { asked, done, AccountId: done?.AccountId ?? '' };
}

/** Makes a service control policy and attaches it. */
const controlsOf =
  (organizations: Organizations) =>
  async (target: string, ...statements: object[]) => {
    const { Policy: policy } = await organizations.createPolicy({
      Name: `control-${target}`,
      Description: '',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    });
    await organizations.attachPolicy({ PolicyId: policy?.PolicySummary?.Id, TargetId: target });
  };

/** An organization with one unit, Sandbox, and one account in it. */
async function withMember() {
  const lab = emulated();
  const organizations = lab.client(Organizations);
  const { Organization: organization } = await organizations.createOrganization();
  const { Roots: [{ Id: RootId = '' } = {}] = [] } = await organizations.listRoots();
  const unit = await organizations.createOrganizationalUnit({ ParentId: RootId, Name: 'Sandbox' });
  const UnitId = unit.OrganizationalUnit?.Id ?? '';
  const account = await newAccount(lab);
  const { AccountId } = account;
  await organizations.moveAccount({
    AccountId,
    SourceParentId: RootId,
    DestinationParentId: UnitId,
  });
  const member = <C>(Client: new (configuration: never) => C) =>
    lab.client(Client, { accessKeyId: AccountId });
  const control = controlsOf(organizations);
  return { ...lab, ...account, organizations, organization, RootId, UnitId, control, member };
}

const denyQueues = { Effect: 'Deny', Action: 'sqs:*', Resource: '*' };

test('an account is asked for, and there when the work is done', async () => {
  const { asked, done, organizations, AccountId, organization, RootId, UnitId } =
    await withMember();
  expect(asked).toMatchObject({ AccountName: 'Shop', State: 'IN_PROGRESS' });
  expect(done).toMatchObject({ State: 'SUCCEEDED' });
  const { Account: account } = await organizations.describeAccount({ AccountId });
  expect(account).toMatchObject({
    Id: AccountId,
    Arn: `arn:aws:organizations::${management}:account/${organization?.Id}/${AccountId}`,
    Email: 'shop@example.com',
    Status: 'ACTIVE',
    JoinedMethod: 'CREATED',
    Paths: [`${organization?.Id}/${RootId}/${UnitId}/${AccountId}/`],
  });
});

test('an email is taken once', async () => {
  const { organizations, clock } = await withMember();
  const { CreateAccountStatus: asked } = await organizations.createAccount({
    AccountName: 'Other',
    Email: 'shop@example.com',
  });
  await clock.settle();
  const { CreateAccountStatus: done } = await organizations.describeCreateAccountStatus({
    CreateAccountRequestId: asked?.Id,
  });
  expect(done).toMatchObject({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' });
});

test('the management account enters a new account by its role', async () => {
  const { client, AccountId } = await withMember();
  const { Credentials: credentials } = await client(STS).assumeRole({
    RoleArn: `arn:aws:iam::${AccountId}:role/OrganizationAccountAccessRole`,
    RoleSessionName: 'me',
  });
  const { Buckets: buckets } = await client(S3, { credentials }).listBuckets();
  expect(buckets).toBeDefined();
  expect(await client(STS, { credentials }).getCallerIdentity()).toMatchObject({
    Account: AccountId,
  });
});

test('a member sees the organization, and manages nothing', async () => {
  const { member, organization } = await withMember();
  const organizations = member(Organizations);
  expect((await organizations.describeOrganization()).Organization).toMatchObject({
    Id: organization?.Id,
    MasterAccountId: management,
    FeatureSet: 'ALL',
  });
  await expect(organizations.listAccounts()).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

describe('service control policies', () => {
  test('a deny on a unit binds the root of an account below it, and nobody else (text unverified)', async () => {
    const { control, UnitId, member, client, AccountId } = await withMember();
    await control(UnitId, denyQueues);
    await expect(member(SQS).createQueue({ QueueName: 'orders' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${AccountId}:root is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:us-east-1:${AccountId}:orders with an explicit deny in a service control policy`,
    });
    await expect(member(S3).listBuckets()).resolves.toBeDefined();
    await expect(client(SQS).createQueue({ QueueName: 'orders' })).resolves.toBeDefined();
  });

  test('never bind the management account', async () => {
    const { control, RootId, client } = await withMember();
    await control(RootId, denyQueues);
    await expect(client(SQS).createQueue({ QueueName: 'orders' })).resolves.toBeDefined();
  });

  test('an allow list binds as soon as full access is gone from one level (text unverified)', async () => {
    const { control, UnitId, organizations, member, AccountId } = await withMember();
    await control(UnitId, { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    await organizations.detachPolicy({ PolicyId: 'p-FullAWSAccess', TargetId: UnitId });
    await expect(member(S3).listBuckets()).resolves.toBeDefined();
    await expect(member(SQS).createQueue({ QueueName: 'orders' })).rejects.toMatchObject({
      message: `User: arn:aws:iam::${AccountId}:root is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:us-east-1:${AccountId}:orders because no service control policy allows the sqs:createqueue action`,
    });
  });

  test('cap users of a member, grant them nothing, and show in the simulator', async () => {
    const { control, UnitId, member, client, AccountId } = await withMember();
    const iam = member(IAM);
    await iam.createUser({ UserName: 'ann' });
    await iam.putUserPolicy({
      UserName: 'ann',
      PolicyName: 'all',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
    const ann = client(SQS, { accessKeyId: key?.AccessKeyId ?? '' });
    await expect(ann.createQueue({ QueueName: 'orders' })).resolves.toBeDefined();
    await control(UnitId, denyQueues);
    await expect(ann.createQueue({ QueueName: 'returns' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const { EvaluationResults: results } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: `arn:aws:iam::${AccountId}:user/ann`,
      ActionNames: ['sqs:CreateQueue', 's3:ListAllMyBuckets'],
    });
    expect(results).toMatchObject([
      {
        EvalActionName: 'sqs:CreateQueue',
        EvalDecision: 'explicitDeny',
        OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      },
      {
        EvalActionName: 's3:ListAllMyBuckets',
        EvalDecision: 'allowed',
        OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      },
    ]);
  });

  test('a Region can be closed by a condition', async () => {
    const { control, RootId, client, AccountId } = await withMember();
    await control(RootId, {
      ...denyQueues,
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    });
    const queues = (region: string) => client(SQS, { accessKeyId: AccountId, region });
    await expect(queues('us-east-1').createQueue({ QueueName: 'orders' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(queues('eu-west-1').createQueue({ QueueName: 'orders' })).resolves.toBeDefined();
  });

  test('the last one of a target stays', async () => {
    const { organizations, UnitId } = await withMember();
    await expect(
      organizations.detachPolicy({ PolicyId: 'p-FullAWSAccess', TargetId: UnitId }),
    ).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    });
  });
});

test('a resource control policy closes a member’s queues to other accounts (text unverified)', async () => {
  const { organizations, member, client, UnitId, RootId, organization } = await withMember();
  const sqs = member(SQS);
  const everyone = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [everyone] });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'orders', Attributes: { Policy } });
  const stranger = client(IAM, { accessKeyId: '222222222222' });
  await stranger.createUser({ UserName: 'eve' });
  await stranger.putUserPolicy({
    UserName: 'eve',
    PolicyName: 'all',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  });
  const { AccessKey: key } = await stranger.createAccessKey({ UserName: 'eve' });
  const eve = client(SQS, { accessKeyId: key?.AccessKeyId ?? '' });
  await expect(eve.sendMessage({ QueueUrl, MessageBody: 'hi' })).resolves.toBeDefined();

  await organizations.enablePolicyType({ RootId, PolicyType: 'RESOURCE_CONTROL_POLICY' });
  const { Policy: made } = await organizations.createPolicy({
    Name: 'ours',
    Description: '',
    Type: 'RESOURCE_CONTROL_POLICY',
    Content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Resource: '*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization?.Id } },
        },
      ],
    }),
  });
  await organizations.attachPolicy({ PolicyId: made?.PolicySummary?.Id, TargetId: UnitId });
  await expect(eve.sendMessage({ QueueUrl, MessageBody: 'hi' })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(
      'with an explicit deny in a resource control policy',
    ) as string,
  });
  await expect(sqs.sendMessage({ QueueUrl, MessageBody: 'hi' })).resolves.toBeDefined();
});

test('tag policies of all levels come to one effective policy', async () => {
  const { organizations, RootId, UnitId, AccountId } = await withMember();
  await organizations.enablePolicyType({ RootId, PolicyType: 'TAG_POLICY' });
  const attach = async (TargetId: string, tags: object) => {
    const { Policy: policy } = await organizations.createPolicy({
      Name: `tags-${TargetId}`,
      Description: '',
      Type: 'TAG_POLICY',
      Content: JSON.stringify({ tags }),
    });
    await organizations.attachPolicy({ PolicyId: policy?.PolicySummary?.Id, TargetId });
  };
  await attach(RootId, {
    team: { tag_key: { '@@assign': 'Team' }, tag_value: { '@@assign': ['shop', 'sales'] } },
  });
  await attach(UnitId, { team: { tag_value: { '@@append': ['ops'], '@@remove': ['sales'] } } });
  const { EffectivePolicy: effective } = await organizations.describeEffectivePolicy({
    PolicyType: 'TAG_POLICY',
    TargetId: AccountId,
  });
  expect(JSON.parse(effective?.PolicyContent ?? '')).toEqual({
    tags: { team: { tag_key: 'Team', tag_value: ['shop', 'ops'] } },
  });
});

test('the tree can be walked in both directions', async () => {
  const { organizations, RootId, UnitId, AccountId } = await withMember();
  expect((await organizations.listParents({ ChildId: AccountId })).Parents).toEqual([
    { Id: UnitId, Type: 'ORGANIZATIONAL_UNIT' },
  ]);
  expect((await organizations.listParents({ ChildId: UnitId })).Parents).toEqual([
    { Id: RootId, Type: 'ROOT' },
  ]);
  const children = await organizations.listChildren({ ParentId: RootId, ChildType: 'ACCOUNT' });
  expect(children.Children).toEqual([{ Id: management, Type: 'ACCOUNT' }]);
  expect(
    (
      await organizations.listPoliciesForTarget({
        TargetId: UnitId,
        Filter: 'SERVICE_CONTROL_POLICY',
      })
    ).Policies,
  ).toMatchObject([{ Id: 'p-FullAWSAccess', AwsManaged: true }]);
});

test('a delegated administrator reads the organization', async () => {
  const { organizations, member, AccountId } = await withMember();
  const ServicePrincipal = 'guardduty.amazonaws.com';
  const register = () =>
    organizations.registerDelegatedAdministrator({ AccountId, ServicePrincipal });
  await expect(register()).rejects.toMatchObject({
    name: 'ConstraintViolationException',
    Reason: 'SERVICE_ACCESS_NOT_ENABLED',
  });
  await organizations.enableAWSServiceAccess({ ServicePrincipal });
  await register();
  const { DelegatedAdministrators: delegates } = await organizations.listDelegatedAdministrators();
  expect(delegates).toMatchObject([{ Id: AccountId, Name: 'Shop' }]);
  expect((await member(Organizations).listAccounts()).Accounts).toHaveLength(2);
});

test('a type of policy that is not emulated is refused by name (text unverified)', async () => {
  const { organizations, RootId } = await withMember();
  await expect(
    organizations.enablePolicyType({ RootId, PolicyType: 'S3_POLICY' }),
  ).rejects.toMatchObject({
    name: 'PolicyTypeNotAvailableForOrganizationException',
    message: 'Policies of type S3_POLICY are not emulated.',
  });
});
