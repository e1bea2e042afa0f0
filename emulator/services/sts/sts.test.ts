import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const trusting = (principal: object, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        ...more,
      },
    ],
  });

const allowing = (action: string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
  });

const account = '000000000000';
const readerArn = `arn:aws:iam::${account}:role/reader`;

/** A role that the account may assume, with one inline policy. */
async function withReader(trust = trusting({ AWS: account }), policy = allowing('iam:ListRoles')) {
  const lab = emulated();
  const sts = lab.client(STS);
  const iam = lab.client(IAM);
  await iam.createRole({ RoleName: 'reader', AssumeRolePolicyDocument: trust });
  await iam.putRolePolicy({ RoleName: 'reader', PolicyName: 'own', PolicyDocument: policy });
  const assume = (more: object = {}) =>
    sts.assumeRole({ RoleArn: readerArn, RoleSessionName: 'me', ...more });
  return { ...lab, sts, iam, assume };
}

test('GetCallerIdentity of a root answers its account', async () => {
  const { client } = emulated();
  const sts = client(STS, { accessKeyId: '111111111111' });
  expect(await sts.getCallerIdentity()).toMatchObject({
    Account: '111111111111',
    Arn: 'arn:aws:iam::111111111111:root',
    UserId: '111111111111',
  });
});

test('AssumeRole gives keys that are the role', async () => {
  const { assume, iam, client } = await withReader();
  const { Role: role } = await iam.getRole({ RoleName: 'reader' });
  const { Credentials: credentials, AssumedRoleUser: user } = await assume();
  const session = {
    Arn: `arn:aws:sts::${account}:assumed-role/reader/me`,
    UserId: `${role?.RoleId}:me`,
  };
  expect(user).toEqual({ Arn: session.Arn, AssumedRoleId: session.UserId });
  expect(credentials?.Expiration).toEqual(new Date('2026-01-01T01:00:00Z'));
  expect(await client(STS, { credentials }).getCallerIdentity()).toMatchObject({
    ...session,
    Account: account,
  });
});

test('a session may do what its role may, and nothing else (https://github.com/aws/aws-cdk/issues/27067)', async () => {
  const { assume, client } = await withReader();
  const { Credentials: credentials } = await assume();
  const session = client(IAM, { credentials });
  await expect(session.listRoles()).resolves.toMatchObject({ IsTruncated: false });
  await expect(session.getRole({ RoleName: 'reader' })).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: `User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: iam:GetRole on resource: role reader because no identity-based policy allows the iam:GetRole action`,
  });
});

test('a session policy caps what the role may (text unverified)', async () => {
  const { assume, client } = await withReader();
  const { Credentials: credentials } = await assume({ Policy: allowing('s3:*') });
  await expect(client(IAM, { credentials }).listRoles()).rejects.toMatchObject({
    message: `User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${account}:role/ because no session policy allows the iam:ListRoles action`,
  });
});

test('session tags are the tags of the principal', async () => {
  const tagged = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } };
  const { assume, client } = await withReader(undefined, allowing('iam:ListRoles', tagged));
  const { Credentials: red } = await assume({ Tags: [{ Key: 'team', Value: 'red' }] });
  const { Credentials: blue } = await assume({ Tags: [{ Key: 'team', Value: 'blue' }] });
  await expect(client(IAM, { credentials: red }).listRoles()).resolves.toBeDefined();
  await expect(client(IAM, { credentials: blue }).listRoles()).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('transitive session tags are handed on to the sessions made from it', async () => {
  const tagged = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } };
  const { assume, client, iam } = await withReader(undefined, allowing('*'));
  await iam.createRole({ RoleName: 'next', AssumeRolePolicyDocument: trusting({ AWS: account }) });
  await iam.putRolePolicy({
    RoleName: 'next',
    PolicyName: 'own',
    PolicyDocument: allowing('iam:ListRoles', tagged),
  });
  const next = async (more: object) => {
    const { Credentials: first } = await assume({ Tags: [{ Key: 'team', Value: 'red' }], ...more });
    const { Credentials: credentials } = await client(STS, { credentials: first }).assumeRole({
      RoleArn: `arn:aws:iam::${account}:role/next`,
      RoleSessionName: 'me',
    });
    return client(IAM, { credentials }).listRoles();
  };

  await expect(next({ TransitiveTagKeys: ['team'] })).resolves.toBeDefined();
  await expect(next({})).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a role that trusts a service only is refused to the account itself (https://github.com/aws-samples/bulk-policy-migrator-scripts-for-account-cost-billing-consoles/issues/9)', async () => {
  const { assume } = await withReader(trusting({ Service: 'ssm.amazonaws.com' }));
  await expect(assume()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole on resource: ${readerArn}`,
  });
});

test('an external id is asked for where the trust policy asks for it', async () => {
  const { assume } = await withReader(
    trusting({ AWS: account }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }),
  );
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume({ ExternalId: 'secret' })).resolves.toBeDefined();
});

test('a user needs the permission and the trust (https://github.com/aws-samples/bulk-policy-migrator-scripts-for-account-cost-billing-consoles/issues/9)', async () => {
  const { iam, client } = await withReader();
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  const ann = client(STS, { accessKeyId: key?.AccessKeyId ?? '' });
  const assume = () => ann.assumeRole({ RoleArn: readerArn, RoleSessionName: 'ann' });
  await expect(assume()).rejects.toMatchObject({
    message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${readerArn}`,
  });
  await iam.putUserPolicy({
    UserName: 'ann',
    PolicyName: 'assume',
    PolicyDocument: allowing('sts:AssumeRole'),
  });
  await expect(assume()).resolves.toBeDefined();
});

test('a user that tags its session needs the permission for that too (https://github.com/aws-actions/configure-aws-credentials/issues/465)', async () => {
  const { iam, client } = await withReader();
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  await iam.putUserPolicy({
    UserName: 'ann',
    PolicyName: 'assume',
    PolicyDocument: allowing('sts:AssumeRole'),
  });
  const ann = client(STS, { accessKeyId: key?.AccessKeyId ?? '' });
  const assume = () =>
    ann.assumeRole({
      RoleArn: readerArn,
      RoleSessionName: 'ann',
      Tags: [{ Key: 'team', Value: 'red' }],
    });
  await expect(assume()).rejects.toMatchObject({
    message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: sts:TagSession on resource: ${readerArn}`,
  });

  await iam.putUserPolicy({
    UserName: 'ann',
    PolicyName: 'assume',
    PolicyDocument: allowing('sts:*'),
  });
  await expect(assume()).resolves.toBeDefined();
});

test('a session may assume a role that is not there no more than root may', async () => {
  const { assume, client } = await withReader(undefined, allowing('*'));
  const { Credentials: credentials } = await assume();
  const RoleArn = `arn:aws:iam::${account}:role/nobody`;
  await expect(
    client(STS, { credentials }).assumeRole({ RoleArn, RoleSessionName: 'x' }),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('another account is let in by the trust policy only', async () => {
  const { client, iam } = await withReader();
  const stranger = client(STS, { accessKeyId: '222222222222' });
  const assume = () => stranger.assumeRole({ RoleArn: readerArn, RoleSessionName: 'guest' });
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  await iam.updateAssumeRolePolicy({
    RoleName: 'reader',
    PolicyDocument: trusting({ AWS: 'arn:aws:iam::222222222222:root' }),
  });
  const { Credentials: credentials } = await assume();
  expect(await client(STS, { credentials }).getCallerIdentity()).toMatchObject({
    Account: account,
  });
});

test('AssumeRole with a malformed session policy is refused', async () => {
  const { assume } = await withReader();
  await expect(assume({ Policy: '{}' })).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  });
});

test('GetSessionToken gives a user temporary keys of its own', async () => {
  const { client } = emulated();
  await client(IAM).createUser({ UserName: 'ann' });
  const { AccessKey: key } = await client(IAM).createAccessKey({ UserName: 'ann' });
  const ann = client(STS, { accessKeyId: key?.AccessKeyId ?? '' });
  const { Credentials: credentials } = await ann.getSessionToken();
  expect(await client(STS, { credentials }).getCallerIdentity()).toMatchObject({
    Arn: `arn:aws:iam::${account}:user/ann`,
  });
});

test('GetAccessKeyInfo knows the account of sessions and of users', async () => {
  const { assume, iam, sts } = await withReader();
  const { Credentials: credentials } = await assume();
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  const accountOf = async (id: string | undefined) =>
    (await sts.getAccessKeyInfo({ AccessKeyId: id })).Account;
  expect(await accountOf(credentials?.AccessKeyId)).toBe(account);
  expect(await accountOf(key?.AccessKeyId)).toBe(account);
  expect(await accountOf('333333333333')).toBe('333333333333');
});

describe('what EC2 refuses comes with an encoded message', () => {
  const denying = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Sid: 'NoNewNetworks',
        Effect: 'Deny',
        Action: ['ec2:CreateVpc', 'ec2:CreateSubnet'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      },
    ],
  });

  const messageOf = (error: Error): string => error.message;

  async function refusedVpc(policy: string) {
    const { assume, client, sts } = await withReader(undefined, policy);
    const { Credentials: credentials, AssumedRoleUser: user } = await assume();
    const refusal = await client(EC2, { credentials })
      .createVpc({ CidrBlock: '10.0.0.0/16' })
      .then(() => '', messageOf);
    const [text = '', encoded = ''] = refusal.split(' Encoded authorization failure message: ');
    return { client, sts, text, encoded, userId: user?.AssumedRoleId };
  }

  const decoded = async (sts: STS, encoded: string): Promise<unknown> => {
    const { DecodedMessage: text } = await sts.decodeAuthorizationMessage({
      EncodedMessage: encoded,
    });
    return JSON.parse(text ?? '');
  };

  const context = (userId: string | undefined) => ({
    principal: { id: userId, arn: `arn:aws:sts::${account}:assumed-role/reader/me` },
    action: 'CreateVpc',
    resource: `arn:aws:ec2:us-east-1:${account}:vpc/*`,
    conditions: {
      items: expect.arrayContaining([
        { key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } },
      ]),
    },
  });

  test('that tells of a missing permission who wanted what (https://github.com/aws/karpenter-provider-aws/issues/7370)', async () => {
    const { sts, text, encoded, userId } = await refusedVpc(allowing('iam:ListRoles'));

    expect(text).toBe(
      `You are not authorized to perform this operation. User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:${account}:vpc/* because no identity-based policy allows the ec2:CreateVpc action.`,
    );
    expect(await decoded(sts, encoded)).toEqual({
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: context(userId),
    });
  });

  test('that names the statement which denies', async () => {
    const { sts, encoded, userId } = await refusedVpc(denying);

    expect(await decoded(sts, encoded)).toEqual({
      allowed: false,
      explicitDeny: true,
      matchedStatements: {
        items: [
          {
            statementId: 'NoNewNetworks',
            effect: 'DENY',
            principals: { items: [{ value: userId }] },
            principalGroups: { items: [] },
            actions: { items: [{ value: 'ec2:CreateVpc' }, { value: 'ec2:CreateSubnet' }] },
            resources: { items: [{ value: '*' }] },
            conditions: {
              items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } }],
            },
          },
        ],
      },
      failures: { items: [] },
      context: context(userId),
    });
  });

  test('that only the caller’s account can decode, whole', async () => {
    const { client, sts, encoded } = await refusedVpc(denying);
    const other = client(STS, { accessKeyId: '222222222222' });

    await expect(decoded(other, encoded)).rejects.toMatchObject({
      name: 'InvalidAuthorizationMessageException',
    });
    await expect(decoded(sts, encoded.slice(0, -4))).rejects.toMatchObject({
      name: 'InvalidAuthorizationMessageException',
    });
  });

  test('but not where the action is about no resource', async () => {
    const { assume, client } = await withReader();
    const { Credentials: credentials } = await assume();

    const refusal = await client(EC2, { credentials })
      .describeVpcs()
      .then(() => '', messageOf);

    expect(refusal).toMatch(
      /^You are not authorized to perform this operation\. User: [^.]+ action$/,
    );
  });
});
