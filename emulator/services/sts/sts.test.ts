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

test('a session may do what its role may, and nothing else', async () => {
  const { assume, client } = await withReader();
  const { Credentials: credentials } = await assume();
  const session = client(IAM, { credentials });
  await expect(session.listRoles()).resolves.toMatchObject({ IsTruncated: false });
  await expect(session.getRole({ RoleName: 'reader' })).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: `User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: iam:GetRole on resource: ${readerArn} because no identity-based policy allows the iam:GetRole action`,
  });
});

test('a session policy caps what the role may', async () => {
  const { assume, client } = await withReader();
  const { Credentials: credentials } = await assume({ Policy: allowing('s3:*') });
  await expect(client(IAM, { credentials }).listRoles()).rejects.toMatchObject({
    message: `User: arn:aws:sts::${account}:assumed-role/reader/me is not authorized to perform: iam:ListRoles on resource: * because no session policy allows the iam:ListRoles action`,
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

test('a role that trusts a service only is refused to the account itself', async () => {
  const { assume } = await withReader(trusting({ Service: 'ssm.amazonaws.com' }));
  await expect(assume()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole on resource: ${readerArn}`,
  });
});

test('a role that is not there answers AccessDenied', async () => {
  const { client } = emulated();
  const assume = client(STS).assumeRole({
    RoleArn: `arn:aws:iam::${account}:role/nobody`,
    RoleSessionName: 'me',
  });
  await expect(assume).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/nobody`,
  });
});

test('an external id is asked for where the trust policy asks for it', async () => {
  const { assume } = await withReader(
    trusting({ AWS: account }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }),
  );
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume({ ExternalId: 'secret' })).resolves.toBeDefined();
});

test('a user needs the permission and the trust', async () => {
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

test('a user that tags its session needs the permission for that too', async () => {
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

test.each<[string, object, string]>([
  [
    'a duration under 15 minutes',
    { DurationSeconds: 899 },
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    'a duration over the maximum of the role',
    { DurationSeconds: 7200 },
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ],
  ['an ARN that is none', { RoleArn: 'reader' }, 'reader is invalid'],
  [
    'a session name with a space',
    { RoleSessionName: 'a b' },
    String.raw`1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*`,
  ],
])('AssumeRole with %s is refused', async (_what, more, message) => {
  const { assume } = await withReader();
  await expect(assume(more)).rejects.toMatchObject({ name: 'ValidationError', message });
});

test('AssumeRole with a malformed session policy is refused', async () => {
  const { assume } = await withReader();
  await expect(assume({ Policy: '{}' })).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message: 'Syntax errors in policy.',
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

test('DecodeAuthorizationMessage is refused', async () => {
  const { client } = emulated();
  await expect(
    client(STS).decodeAuthorizationMessage({ EncodedMessage: 'x' }),
  ).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' });
});
