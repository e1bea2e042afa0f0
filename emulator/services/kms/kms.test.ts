import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';
const bytes = (text: string) => new TextEncoder().encode(text);
const words = (data: Uint8Array | undefined) => new TextDecoder().decode(data);

async function withKey(input: Parameters<KMS['createKey']>[0] = {}) {
  const lab = emulated();
  const kms = lab.client(KMS);
  const { KeyMetadata: made } = await kms.createKey(input);
  return { ...lab, kms, KeyId: made?.KeyId ?? '', arn: made?.Arn ?? '' };
}

/** A user's client, with one statement for a policy. */
async function userOf(lab: ReturnType<typeof emulated>, statement?: object) {
  const iam = lab.client(IAM);
  await iam.createUser({ UserName: 'ann' });
  if (statement)
    await iam.putUserPolicy({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: 'ann' });
  return lab.client(KMS, { accessKeyId: key?.AccessKeyId ?? '' });
}

const ann = `arn:aws:iam::${account}:user/ann`;

describe('encryption', () => {
  test('what was encrypted comes back with the same context, and names its key', async () => {
    const { kms, KeyId, arn } = await withKey();
    const EncryptionContext = { order: '1', shop: 'north' };
    const { CiphertextBlob } = await kms.encrypt({
      KeyId,
      Plaintext: bytes('secret'),
      EncryptionContext,
    });
    expect(words(CiphertextBlob)).not.toContain('secret');
    const opened = await kms.decrypt({
      CiphertextBlob,
      EncryptionContext: { shop: 'north', order: '1' },
    });
    expect(words(opened.Plaintext)).toBe('secret');
    expect(opened).toMatchObject({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  });

  test('another context, a changed text and bytes that are none are invalid ciphertexts', async () => {
    const { kms, KeyId } = await withKey();
    const { CiphertextBlob = new Uint8Array() } = await kms.encrypt({
      KeyId,
      Plaintext: bytes('secret'),
      EncryptionContext: { order: '1' },
    });
    const changed = Uint8Array.from(CiphertextBlob);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const refused = { name: 'InvalidCiphertextException' };
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject(refused);
    await expect(
      kms.decrypt({ CiphertextBlob: changed, EncryptionContext: { order: '1' } }),
    ).rejects.toMatchObject(refused);
    await expect(kms.decrypt({ CiphertextBlob: bytes('hello') })).rejects.toMatchObject(refused);
  });

  test('another key than the one that encrypted is an incorrect key', async () => {
    const { kms, KeyId } = await withKey();
    const { KeyMetadata: other } = await kms.createKey();
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('secret') });
    await expect(kms.decrypt({ CiphertextBlob, KeyId: other?.KeyId })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });

  test('ReEncrypt moves a text from key to key without showing it', async () => {
    const { kms, KeyId, arn } = await withKey();
    const { KeyMetadata: other } = await kms.createKey();
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('secret') });
    const moved = await kms.reEncrypt({ CiphertextBlob, DestinationKeyId: other?.KeyId });
    expect(moved).toMatchObject({ SourceKeyId: arn, KeyId: other?.Arn });
    const opened = await kms.decrypt({ CiphertextBlob: moved.CiphertextBlob });
    expect(words(opened.Plaintext)).toBe('secret');
  });

  test('a data key is given in the clear and encrypted', async () => {
    const { kms, KeyId, arn } = await withKey();
    const made = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
    expect(made.Plaintext).toHaveLength(32);
    expect(made.KeyId).toBe(arn);
    const opened = await kms.decrypt({ CiphertextBlob: made.CiphertextBlob });
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const hidden = await kms.generateDataKeyWithoutPlaintext({ KeyId, NumberOfBytes: 16 });
    expect((await kms.decrypt({ CiphertextBlob: hidden.CiphertextBlob })).Plaintext).toHaveLength(
      16,
    );
    await expect(kms.generateDataKey({ KeyId })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('more than four kilobytes are refused (LocalStack test_kms.py)', async () => {
    const { kms, KeyId } = await withKey();
    await expect(kms.encrypt({ KeyId, Plaintext: new Uint8Array(4097) })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    });
  });
});

describe('asymmetric and HMAC keys', () => {
  test.each(['RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_512'] as const)(
    'a signature by %s is valid for its message only',
    async (SigningAlgorithm) => {
      const { kms, KeyId } = await withKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
      const Message = bytes('pay 10');
      const { Signature } = await kms.sign({ KeyId, Message, SigningAlgorithm });
      const ask = { KeyId, Signature, SigningAlgorithm };
      expect(await kms.verify({ ...ask, Message })).toMatchObject({ SignatureValid: true });
      await expect(kms.verify({ ...ask, Message: bytes('pay 99') })).rejects.toMatchObject({
        name: 'KMSInvalidSignatureException',
      });
    },
  );

  test('a digest can be signed, and the public key checks the message', async () => {
    const { kms, KeyId } = await withKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const SigningAlgorithm = 'RSASSA_PKCS1_V1_5_SHA_256';
    const digest = new Uint8Array(
      await globalThis.crypto.subtle.digest('SHA-256', bytes('pay 10')),
    );
    const { Signature } = await kms.sign({
      KeyId,
      Message: digest,
      MessageType: 'DIGEST',
      SigningAlgorithm,
    });
    expect(
      await kms.verify({ KeyId, Message: bytes('pay 10'), Signature, SigningAlgorithm }),
    ).toMatchObject({ SignatureValid: true });
  });

  test('an elliptic curve signs, and its public key can be had', async () => {
    const { kms, KeyId, arn } = await withKey({
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
    });
    const ask = { KeyId, Message: bytes('pay 10'), SigningAlgorithm: 'ECDSA_SHA_256' as const };
    const { Signature } = await kms.sign(ask);
    expect(await kms.verify({ ...ask, Signature })).toMatchObject({ SignatureValid: true });
    expect(await kms.getPublicKey({ KeyId })).toMatchObject({
      KeyId: arn,
      KeySpec: 'ECC_NIST_P256',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    });
  });

  test('RSA encrypts under the public half', async () => {
    const { kms, KeyId } = await withKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const { CiphertextBlob } = await kms.encrypt({
      KeyId,
      Plaintext: bytes('secret'),
      EncryptionAlgorithm,
    });
    const { Plaintext } = await kms.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm });
    expect(words(Plaintext)).toBe('secret');
  });

  test('a code is valid for its message only', async () => {
    const { kms, KeyId } = await withKey({
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    const MacAlgorithm = 'HMAC_SHA_256';
    const { Mac } = await kms.generateMac({ KeyId, Message: bytes('hi'), MacAlgorithm });
    expect(await kms.verifyMac({ KeyId, Message: bytes('hi'), Mac, MacAlgorithm })).toMatchObject({
      MacValid: true,
    });
    await expect(
      kms.verifyMac({ KeyId, Message: bytes('ho'), Mac, MacAlgorithm }),
    ).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });

  test('a pair for data comes with its private half encrypted', async () => {
    const { kms, KeyId } = await withKey();
    const pair = await kms.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    const opened = await kms.decrypt({ CiphertextBlob: pair.PrivateKeyCiphertextBlob });
    expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
  });
});

describe('states', () => {
  test('a disabled key does no work', async () => {
    const { kms, KeyId } = await withKey();
    await kms.disableKey({ KeyId });
    await expect(kms.encrypt({ KeyId, Plaintext: bytes('x') })).rejects.toMatchObject({
      name: 'DisabledException',
    });
    await kms.enableKey({ KeyId });
    await expect(kms.encrypt({ KeyId, Plaintext: bytes('x') })).resolves.toBeDefined();
  });

  test('a key to be deleted waits out its window, and then all is lost', async () => {
    const { kms, KeyId, arn, clock } = await withKey();
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('x') });
    expect(await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 })).toMatchObject({
      KeyId: arn,
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-01-08T00:00:00Z'),
    });
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
    await clock.advance('7d');
    await expect(kms.describeKey({ KeyId })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('a deletion can be cancelled, which leaves the key disabled', async () => {
    const { kms, KeyId, clock } = await withKey();
    await kms.scheduleKeyDeletion({ KeyId });
    await kms.cancelKeyDeletion({ KeyId });
    await clock.advance('31d');
    const { KeyMetadata: found } = await kms.describeKey({ KeyId });
    expect(found).toMatchObject({ KeyState: 'Disabled', Enabled: false });
  });
});

describe('rotation', () => {
  test('the material changes each period, and old texts stay readable', async () => {
    const { kms, KeyId, clock } = await withKey();
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('old') });
    await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date('2026-04-01T00:00:00Z'),
    });
    await clock.advance('90d');
    await kms.rotateKeyOnDemand({ KeyId });
    const { Rotations: rotations } = await kms.listKeyRotations({ KeyId });
    expect(rotations).toMatchObject([
      { RotationType: 'AUTOMATIC', RotationDate: new Date('2026-04-01T00:00:00Z') },
      { RotationType: 'ON_DEMAND', KeyMaterialState: 'CURRENT' },
    ]);
    expect(words((await kms.decrypt({ CiphertextBlob })).Plaintext)).toBe('old');
  });

  test.each([
    [89, 'greater than or equal to 90'],
    [2561, 'less than or equal to 2560'],
  ])('a period of %i days is refused (unverified)', async (RotationPeriodInDays, bound) => {
    const { kms, KeyId } = await withKey();
    await expect(kms.enableKeyRotation({ KeyId, RotationPeriodInDays })).rejects.toMatchObject({
      message: expect.stringContaining(bound),
    });
  });
});

describe('aliases', () => {
  test('an alias stands for its key and moves', async () => {
    const { kms, KeyId, arn } = await withKey();
    await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
    expect((await kms.describeKey({ KeyId: 'alias/orders' })).KeyMetadata?.Arn).toBe(arn);
    await expect(
      kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId }),
    ).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    const { KeyMetadata: other } = await kms.createKey();
    await kms.updateAlias({ AliasName: 'alias/orders', TargetKeyId: other?.KeyId });
    const aliasArn = `arn:aws:kms:us-east-1:${account}:alias/orders`;
    expect((await kms.describeKey({ KeyId: aliasArn })).KeyMetadata?.Arn).toBe(other?.Arn);
    await kms.deleteAlias({ AliasName: 'alias/orders' });
    await expect(kms.describeKey({ KeyId: 'alias/orders' })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('an AWS managed key is made on first use, and only its service may use it', async () => {
    const { client } = emulated();
    const kms = client(KMS);
    const { KeyMetadata: key } = await kms.describeKey({ KeyId: 'alias/aws/s3' });
    expect(key).toMatchObject({ KeyManager: 'AWS', Enabled: true });
    await expect(
      kms.encrypt({ KeyId: 'alias/aws/s3', Plaintext: bytes('x') }),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(kms.scheduleKeyDeletion({ KeyId: key?.KeyId })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('key policies', () => {
  const policyFor = (...statements: object[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const toRoot = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const all = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };

  test('the statement for the account lets identity policies decide (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)', async () => {
    const lab = await withKey();
    const without = await userOf(lab);
    await expect(
      without.encrypt({ KeyId: lab.KeyId, Plaintext: bytes('x') }),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${ann} is not authorized to perform: kms:Encrypt on resource: ${lab.arn} because no identity-based policy allows the kms:Encrypt action`,
    });
    await lab.client(IAM).putUserPolicy({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policyFor(all),
    });
    await expect(
      without.encrypt({ KeyId: lab.KeyId, Plaintext: bytes('x') }),
    ).resolves.toBeDefined();
  });

  test('without the statement for the account, identity policies mean nothing', async () => {
    const lab = emulated();
    const user = await userOf(lab, all);
    const { KeyMetadata: made } = await lab.client(KMS).createKey({
      BypassPolicyLockoutSafetyCheck: true,
      Policy: policyFor({ ...toRoot, Principal: { AWS: 'arn:aws:iam::111111111111:root' } }),
    });
    const message = (who: string) =>
      `User: ${who} is not authorized to perform: kms:DescribeKey on resource: ${made?.Arn} because no resource-based policy allows the kms:DescribeKey action`;
    await expect(user.describeKey({ KeyId: made?.KeyId })).rejects.toMatchObject({
      message: message(ann),
    });
    await expect(lab.client(KMS).describeKey({ KeyId: made?.KeyId })).rejects.toMatchObject({
      message: message(`arn:aws:iam::${account}:root`),
    });
  });

  test('a policy that would lock its author out is refused', async () => {
    const { kms, KeyId } = await withKey();
    const Policy = policyFor({ ...toRoot, Principal: { AWS: '111111111111' } });
    await expect(kms.putKeyPolicy({ KeyId, Policy })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });

  test('a condition on the encryption context is kept', async () => {
    const lab = await withKey();
    const user = await userOf(lab, {
      ...all,
      Condition: { StringEquals: { 'kms:EncryptionContext:shop': 'north' } },
    });
    const ask = { KeyId: lab.KeyId, Plaintext: bytes('x') };
    await expect(user.encrypt(ask)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(
      user.encrypt({ ...ask, EncryptionContext: { shop: 'north' } }),
    ).resolves.toBeDefined();
  });

  test('another account needs the key’s policy and its own', async () => {
    const { kms, KeyId, arn, client } = await withKey();
    const stranger = client(KMS, { accessKeyId: '222222222222' });
    const ask = { KeyId: arn, Plaintext: bytes('x') };
    await expect(stranger.encrypt(ask)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await kms.putKeyPolicy({
      KeyId,
      Policy: policyFor(toRoot, { ...toRoot, Principal: { AWS: '222222222222' } }),
    });
    await expect(stranger.encrypt(ask)).resolves.toMatchObject({ KeyId: arn });
  });
});

describe('grants', () => {
  test('a grant lets its grantee work until it is revoked', async () => {
    const lab = await withKey();
    const user = await userOf(lab);
    const { kms, KeyId, arn } = lab;
    const { GrantId } = await kms.createGrant({
      KeyId,
      GranteePrincipal: ann,
      Operations: ['Encrypt', 'Decrypt'],
      Constraints: { EncryptionContextSubset: { shop: 'north' } },
    });
    const ask = { KeyId: arn, Plaintext: bytes('x') };
    const EncryptionContext = { shop: 'north', order: '1' };
    await expect(user.encrypt({ ...ask, EncryptionContext })).resolves.toBeDefined();
    await expect(user.encrypt(ask)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(user.describeKey({ KeyId })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const { Grants: grants } = await kms.listGrants({ KeyId });
    expect(grants).toMatchObject([{ GrantId, GranteePrincipal: ann, KeyId: arn }]);
    await kms.revokeGrant({ KeyId, GrantId });
    await expect(user.encrypt({ ...ask, EncryptionContext })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('whoever may retire a grant ends it with its token', async () => {
    const lab = await withKey();
    const user = await userOf(lab);
    const { GrantToken } = await lab.kms.createGrant({
      KeyId: lab.KeyId,
      GranteePrincipal: ann,
      RetiringPrincipal: ann,
      Operations: ['Encrypt'],
    });
    await user.retireGrant({ GrantToken });
    expect((await lab.kms.listGrants({ KeyId: lab.KeyId })).Grants).toEqual([]);
  });
});

test.each<[string, Parameters<KMS['createKey']>[0], string]>([
  ['a multi-Region key', { MultiRegion: true }, 'Multi-Region keys are not emulated.'],
  ['imported material', { Origin: 'EXTERNAL' }, 'Imported key material is not emulated.'],
  [
    'a custom key store',
    { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' },
    'Custom key stores are not emulated.',
  ],
  ['a spec of other curves', { KeySpec: 'SM2' }, 'Keys of spec SM2 are not emulated.'],
])('%s is refused by name', async (_what, input, message) => {
  await expect(emulated().client(KMS).createKey(input)).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
    message,
  });
});

test('a dry run of what would succeed says so', async () => {
  const { kms, KeyId } = await withKey();
  await expect(kms.encrypt({ KeyId, Plaintext: bytes('x'), DryRun: true })).rejects.toMatchObject({
    name: 'DryRunOperationException',
  });
});
