import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';

async function withSecret(more: object = {}) {
  const lab = emulated();
  const secrets = lab.client(SecretsManager);
  const made = await secrets.createSecret({ Name: 'shop/login', SecretString: 'first', ...more });
  return { ...lab, secrets, made, SecretId: 'shop/login' };
}

const policyOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** A user who may do what the statements say. */
async function userOf(
  { client }: Pick<ReturnType<typeof emulated>, 'client'>,
  ...statements: object[]
) {
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ann' });
  if (statements.length > 0)
    await iam.putUserPolicy({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policyOf(...statements),
    });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  return client(SecretsManager, { accessKeyId: key?.AccessKeyId ?? '' });
}

describe('values', () => {
  test('a secret is read by name, by ARN, and by ARN without its random letters', async () => {
    const { secrets, made } = await withSecret();
    expect(made.ARN).toMatch(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:shop\/login-\w{6}$/,
    );
    const partial = made.ARN?.slice(0, -7);
    for (const SecretId of ['shop/login', made.ARN, partial])
      expect(await secrets.getSecretValue({ SecretId })).toMatchObject({
        Name: 'shop/login',
        SecretString: 'first',
        VersionId: made.VersionId,
        VersionStages: ['AWSCURRENT'],
      });
  });

  test('a new value is current, and the one before is previous', async () => {
    const { secrets, SecretId } = await withSecret();
    await secrets.putSecretValue({ SecretId, SecretString: 'second' });
    await secrets.updateSecret({ SecretId, SecretString: 'third' });
    expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe('third');
    const previous = await secrets.getSecretValue({ SecretId, VersionStage: 'AWSPREVIOUS' });
    expect(previous.SecretString).toBe('second');
    const { Versions: labelled } = await secrets.listSecretVersionIds({ SecretId });
    expect(labelled?.map(({ VersionStages: stages }) => stages)).toEqual([
      ['AWSPREVIOUS'],
      ['AWSCURRENT'],
    ]);
  });

  test('bytes come back as bytes', async () => {
    const { secrets, SecretId } = await withSecret();
    await secrets.putSecretValue({ SecretId, SecretBinary: Uint8Array.from([1, 2, 3]) });
    const { SecretBinary: bytes, SecretString: text } = await secrets.getSecretValue({ SecretId });
    expect([bytes, text]).toEqual([Uint8Array.from([1, 2, 3]), undefined]);
  });

  test('a pending value waits until its label is moved', async () => {
    const { secrets, SecretId, made } = await withSecret();
    const { VersionId: next } = await secrets.putSecretValue({
      SecretId,
      SecretString: 'second',
      VersionStages: ['AWSPENDING'],
    });
    expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe('first');
    await expect(
      secrets.updateSecretVersionStage({
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: next,
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await secrets.updateSecretVersionStage({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: next,
      RemoveFromVersionId: made.VersionId,
    });
    expect((await secrets.describeSecret({ SecretId })).VersionIdsToStages).toEqual({
      [made.VersionId ?? '']: ['AWSPREVIOUS'],
      [next ?? '']: ['AWSPENDING', 'AWSCURRENT'],
    });
  });

  test('the same token with another value is refused', async () => {
    const { secrets, SecretId } = await withSecret();
    const ClientRequestToken = '11111111-1111-4111-8111-111111111111';
    const put = (SecretString: string) =>
      secrets.putSecretValue({ SecretId, SecretString, ClientRequestToken });
    await put('second');
    await expect(put('second')).resolves.toMatchObject({ VersionId: ClientRequestToken });
    await expect(put('third')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  test('many are read at once, and what fails is named', async () => {
    const { secrets } = await withSecret();
    await secrets.createSecret({ Name: 'shop/empty' });
    const all = await secrets.batchGetSecretValue({
      SecretIdList: ['shop/login', 'shop/empty', 'nope'],
    });
    expect(all.SecretValues).toMatchObject([{ Name: 'shop/login', SecretString: 'first' }]);
    expect(all.Errors).toEqual([
      {
        SecretId: 'shop/empty',
        ErrorCode: 'ResourceNotFoundException',
        Message:
          "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      },
      {
        SecretId: 'nope',
        ErrorCode: 'ResourceNotFoundException',
        Message: "Secrets Manager can't find the specified secret.",
      },
    ]);
  });
});

test('text and bytes together are refused (text unverified)', async () => {
  const { secrets } = await withSecret();
  const both = { Name: 'x', SecretString: 'a', SecretBinary: Uint8Array.from([1]) };
  await expect(secrets.createSecret(both)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      "You can't specify both a binary secret value and a string secret value in the same secret.",
  });
});

test('replicas are refused by name', async () => {
  const { secrets } = await withSecret();
  const replicated = { Name: 'x', AddReplicaRegions: [{ Region: 'eu-west-1' }] };
  await expect(secrets.createSecret(replicated)).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

describe('deletion', () => {
  test('a secret waits out its recovery window', async () => {
    const { secrets, SecretId, clock } = await withSecret();
    const { DeletionDate: date } = await secrets.deleteSecret({
      SecretId,
      RecoveryWindowInDays: 7,
    });
    expect(date).toEqual(new Date('2026-01-08T00:00:00Z'));
    await expect(secrets.getSecretValue({ SecretId })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await expect(secrets.createSecret({ Name: SecretId })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await clock.advance('7d');
    await expect(secrets.describeSecret({ SecretId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('a secret can be restored, or deleted at once', async () => {
    const { secrets, SecretId, clock } = await withSecret();
    await secrets.deleteSecret({ SecretId });
    await secrets.restoreSecret({ SecretId });
    await clock.advance('31d');
    expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe('first');
    await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
    await expect(secrets.describeSecret({ SecretId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('permissions', () => {
  const read = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' };

  test('a refusal repeats how the caller named the secret (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)', async () => {
    const lab = await withSecret();
    const user = await userOf(lab);
    await expect(user.getSecretValue({ SecretId: 'shop/login' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: secretsmanager:GetSecretValue on resource: shop/login because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    });
  });

  test('with the AWS managed key, permission for the secret is enough', async () => {
    const lab = await withSecret();
    const user = await userOf(lab, read);
    expect((await user.getSecretValue({ SecretId: 'shop/login' })).SecretString).toBe('first');
  });

  test('with a customer managed key, kms:Decrypt is needed too (text unverified)', async () => {
    const lab = emulated();
    const { KeyMetadata: key } = await lab.client(KMS).createKey();
    const secrets = lab.client(SecretsManager);
    await secrets.createSecret({ Name: 'own', SecretString: 'x', KmsKeyId: key?.Arn });
    const user = await userOf(lab, read);
    await expect(user.getSecretValue({ SecretId: 'own' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Access to KMS is not allowed',
    });
    const through = {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' },
      },
    };
    await lab.client(IAM).putUserPolicy({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policyOf(read, through),
    });
    expect((await user.getSecretValue({ SecretId: 'own' })).SecretString).toBe('x');
  });

  test('another account reads with the secret’s policy, and never under the AWS managed key', async () => {
    const { secrets, SecretId, made, client } = await withSecret();
    const ResourcePolicy = policyOf({ ...read, Principal: { AWS: '222222222222' } });
    await secrets.putResourcePolicy({ SecretId, ResourcePolicy });
    const stranger = await userOf(
      { client: (Client, as) => client(Client, { accessKeyId: '222222222222', ...as }) },
      { Effect: 'Allow', Action: '*', Resource: '*' },
    );
    await expect(stranger.getSecretValue({ SecretId: made.ARN })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('a policy for everyone is refused where public policies are blocked', async () => {
    const { secrets, SecretId } = await withSecret();
    const ResourcePolicy = policyOf({ ...read, Principal: '*' });
    await expect(
      secrets.putResourcePolicy({ SecretId, ResourcePolicy, BlockPublicPolicy: true }),
    ).rejects.toMatchObject({ name: 'PublicPolicyException' });
  });
});

test('a secret under a disabled key cannot be read', async () => {
  const { client } = emulated();
  const kms = client(KMS);
  const { KeyMetadata: key } = await kms.createKey();
  const secrets = client(SecretsManager);
  await secrets.createSecret({ Name: 'own', SecretString: 'x', KmsKeyId: key?.Arn });
  await kms.disableKey({ KeyId: key?.KeyId });
  await expect(secrets.getSecretValue({ SecretId: 'own' })).rejects.toMatchObject({
    name: 'DecryptionFailure',
  });
});

test('secrets are found by name, tag and text', async () => {
  const { secrets } = await withSecret({ Tags: [{ Key: 'team', Value: 'shop' }] });
  await secrets.createSecret({ Name: 'ops/pager', Description: 'Wakes people up' });
  const found = async (Key: string, ...Values: string[]) => {
    const { SecretList: list = [] } = await secrets.listSecrets({
      Filters: [{ Key: Key as never, Values }],
    });
    return list.map(({ Name: name }) => name);
  };
  expect(await found('name', 'ops/')).toEqual(['ops/pager']);
  expect(await found('name', '!ops/')).toEqual(['shop/login']);
  expect(await found('tag-key', 'team')).toEqual(['shop/login']);
  expect(await found('all', 'people')).toEqual(['ops/pager']);
});

test('a random password has what was asked for', async () => {
  const secrets = emulated().client(SecretsManager);
  const { RandomPassword: plain = '' } = await secrets.getRandomPassword();
  expect(plain).toHaveLength(32);
  const { RandomPassword: digits = '' } = await secrets.getRandomPassword({
    PasswordLength: 8,
    ExcludeLowercase: true,
    ExcludeUppercase: true,
    ExcludePunctuation: true,
    ExcludeCharacters: '01',
  });
  expect(digits).toMatch(/^[2-9]{8}$/);
  await expect(secrets.getRandomPassword({ PasswordLength: 3 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});
