import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, alarm, onAlarm, releasing } from '../../../test/support/release';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dop-labs-restart-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A release of version 2 that an emulator has begun and does not live to end. */
async function interrupted({
  group = {},
  hooks = [],
  after = '0s',
}: {
  group?: Partial<CreateDeploymentGroupInput>;
  hooks?: Record<string, string>[];
  after?: string;
}): Promise<string> {
  const { deploy, publish, client, clock, emulator } = await account(group, { folder });
  await client(CloudWatch).putMetricAlarm(alarm);
  await publish('CodeDeployHook_silent', 'exports.handler = async () => {};');
  const id = await deploy(hooks);
  await clock.advance(after);
  await emulator.flush();
  return id;
}

test('a canary that the emulator was stopped in ends when it would have', async () => {
  const id = await interrupted({ after: '2m' });
  const { clock, alias, shown, events } = releasing({ folder });

  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  expect(await shown(id)).toMatchObject({ status: 'InProgress' });
  await clock.advance('179s');
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  await clock.advance('1s');

  expect(await alias()).toEqual(['2', undefined]);
  expect(await shown(id)).toMatchObject({
    status: 'Succeeded',
    completeTime: new Date('2026-01-01T00:05:00Z'),
  });
  expect(await events(id)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
});

test('a linear shift goes on from the share that it had', async () => {
  const deploymentConfigName = 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute';
  await interrupted({ group: { deploymentConfigName }, after: '3m' });
  const { clock, alias } = releasing({ folder });

  expect(await alias()).toEqual(['1', { '2': 0.4 }]);
  await clock.advance('1m');
  expect(await alias()).toEqual(['1', { '2': 0.5 }]);
  await clock.advance('5m');
  expect(await alias()).toEqual(['2', undefined]);
});

test('an alarm takes back a canary that an earlier emulator began', async () => {
  const id = await interrupted({ group: onAlarm, after: '2m' });
  const { clock, alias, shown, client } = releasing({ folder });

  await client(CloudWatch).setAlarmState({
    AlarmName: 'errors',
    StateValue: 'ALARM',
    StateReason: 'test',
  });
  await clock.settle();

  const { status, rollbackInfo } = await shown(id);
  expect(status).toBe('Stopped');
  expect(await shown(rollbackInfo?.rollbackDeploymentId)).toMatchObject({ status: 'Succeeded' });
  expect(await alias()).toEqual(['1', undefined]);
  await clock.advance('1h');
  expect(await alias()).toEqual(['1', undefined]);
});

test('a hook that an earlier emulator called may still fail to report within its hour (FACTS C1.6)', async () => {
  const id = await interrupted({
    hooks: [{ BeforeAllowTraffic: 'CodeDeployHook_silent' }],
    after: '10m',
  });
  const { clock, shown, alias } = releasing({ folder });

  await clock.advance('49m');
  expect(await shown(id)).toMatchObject({ status: 'InProgress' });
  await clock.advance('1m');

  expect(await shown(id)).toMatchObject({
    status: 'Failed',
    errorInformation: { code: 'HOOK_EXECUTION_FAILURE' },
  });
  expect(await alias()).toEqual(['1', undefined]);
});
