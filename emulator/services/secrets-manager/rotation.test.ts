import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { accountWithRole } from '../../../test/support/functions';

/** The four steps as AWS's own template does them. */
const rotator = `
const { SecretsManager } = require('@aws-sdk/client-secrets-manager');
const secrets = new SecretsManager({});
exports.handler = async ({ Step, SecretId, ClientRequestToken }) => {
  const { VersionIdsToStages: stages } = await secrets.describeSecret({ SecretId });
  if (!stages[ClientRequestToken]?.includes('AWSPENDING')) throw new Error('not pending');
  if (process.env.FAILS === Step) throw new Error('broken');
  if (Step === 'createSecret') {
    await secrets.putSecretValue({
      SecretId, ClientRequestToken, SecretString: 'rotated', VersionStages: ['AWSPENDING'],
    });
  }
  if (Step === 'finishSecret') {
    const current = Object.keys(stages).find((id) => stages[id].includes('AWSCURRENT'));
    await secrets.updateSecretVersionStage({
      SecretId, VersionStage: 'AWSCURRENT',
      MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current,
    });
  }
};`;

const RotationLambdaARN = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
const SecretId = 'shop/login';

async function withRotator(environment: Record<string, string> = {}) {
  const lab = await accountWithRole();
  await lab.create(rotator, { Timeout: 30, Environment: { Variables: environment } });
  const secrets = lab.client(SecretsManager);
  await secrets.createSecret({ Name: SecretId, SecretString: 'first' });
  const permit = () =>
    lab.lambda.addPermission({
      FunctionName: 'orders',
      StatementId: 'secrets',
      Action: 'lambda:InvokeFunction',
      Principal: 'secretsmanager.amazonaws.com',
    });
  const value = async () => (await secrets.getSecretValue({ SecretId })).SecretString;
  return { ...lab, secrets, permit, value };
}

test('a function that does not let Secrets Manager in is refused', async () => {
  const { secrets } = await withRotator();
  await expect(secrets.rotateSecret({ SecretId, RotationLambdaARN })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  await expect(secrets.rotateSecret({ SecretId })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
});

test('four steps move the current label to the new value, and again when the days are over', async () => {
  const { secrets, permit, value, clock } = await withRotator();
  await permit();
  await secrets.rotateSecret({
    SecretId,
    RotationLambdaARN,
    RotationRules: { AutomaticallyAfterDays: 10 },
  });
  await clock.settle();
  expect(await value()).toBe('rotated');
  const first = await secrets.describeSecret({ SecretId });
  expect(first).toMatchObject({
    RotationEnabled: true,
    LastRotatedDate: new Date('2026-01-01T00:00:00Z'),
    NextRotationDate: new Date('2026-01-11T00:00:00Z'),
  });
  expect(Object.values(first.VersionIdsToStages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);

  await clock.advance('10d');
  const second = await secrets.describeSecret({ SecretId });
  expect(second.LastRotatedDate).toEqual(new Date('2026-01-11T00:00:00Z'));
  expect(second.NextRotationDate).toEqual(new Date('2026-01-21T00:00:00Z'));
});

test('a rotation that fails stays pending, and the old value in use (text unverified)', async () => {
  const { secrets, permit, value, clock } = await withRotator({ FAILS: 'testSecret' });
  await permit();
  await secrets.rotateSecret({ SecretId, RotationLambdaARN });
  await clock.settle();
  expect(await value()).toBe('first');
  const found = await secrets.describeSecret({ SecretId });
  expect(Object.values(found.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT'], ['AWSPENDING']]);
  expect(found.LastRotatedDate).toBeUndefined();
  await expect(secrets.rotateSecret({ SecretId })).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: "A previous rotation isn't complete. That rotation will be reattempted.",
  });
  await clock.settle();
});

test('a schedule begins later when rotation is not to happen at once', async () => {
  const { secrets, permit, value, clock } = await withRotator();
  await permit();
  await secrets.rotateSecret({
    SecretId,
    RotationLambdaARN,
    RotationRules: { ScheduleExpression: 'cron(0 4 1 * ? *)', Duration: '2h' },
    RotateImmediately: false,
  });
  await clock.settle();
  expect(await value()).toBe('first');
  const found = await secrets.describeSecret({ SecretId });
  expect(found.NextRotationDate).toEqual(new Date('2026-01-01T04:00:00Z'));
  await clock.advance('4h');
  expect(await value()).toBe('rotated');
});

test.each([
  [{ AutomaticallyAfterDays: 0 }, 'RotationRules.AutomaticallyAfterDays must be within 1-1000.'],
  [{ ScheduleExpression: 'rate(1 hour)' }, 'The ScheduleExpression rate(1 hour) is not valid.'],
  [{ Duration: '90m' }, 'The Duration 90m is not valid.'],
])('rules %j are refused (moto, unverified)', async (RotationRules, message) => {
  const { secrets, permit } = await withRotator();
  await permit();
  await expect(
    secrets.rotateSecret({ SecretId, RotationLambdaARN, RotationRules }),
  ).rejects.toMatchObject({ name: 'InvalidParameterException', message });
});

test('cancelling stops the schedule', async () => {
  const { secrets, permit, clock } = await withRotator();
  await permit();
  await secrets.rotateSecret({
    SecretId,
    RotationLambdaARN,
    RotationRules: { AutomaticallyAfterDays: 10 },
    RotateImmediately: false,
  });
  await clock.settle();
  await secrets.cancelRotateSecret({ SecretId });
  await clock.advance('20d');
  const found = await secrets.describeSecret({ SecretId });
  expect([found.RotationEnabled, found.LastRotatedDate]).toEqual([false, undefined]);
});
