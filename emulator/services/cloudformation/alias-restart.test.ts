import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Capabilities,
  deployed,
  shifting,
  StackName,
  template,
} from '../../../test/support/shifting-stack';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dop-labs-alias-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An update to version Two that an emulator has begun and does not live to end. */
async function interrupted(): Promise<void> {
  const { update, clock, emulator } = await deployed({ version: 'One' }, { folder });
  await update({ version: 'Two' });
  await clock.advance('2m');
  await emulator.flush();
}

const eventsOf = async (cloudformation: CloudFormation) => {
  const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName });
  return StackEvents.filter(({ LogicalResourceId = '' }) =>
    /^(Alias|orders)$/.test(LogicalResourceId),
  )
    .map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`)
    .toReversed();
};

test('an update that waits for CodeDeploy goes on in the next emulator, and ends when it would have', async () => {
  await interrupted();
  const { status, alias, deployments, clock, cloudformation } = shifting({ folder });

  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  expect(await alias()).toEqual(['1', { '2': 0.1 }]);
  await clock.advance('179s');
  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  await clock.advance('1s');

  expect(await status()).toBe('UPDATE_COMPLETE');
  expect(await alias()).toEqual(['2', undefined]);
  expect(await deployments()).toEqual(['CloudFormation Succeeded']);
  expect((await eventsOf(cloudformation)).slice(-5)).toEqual([
    'orders UPDATE_IN_PROGRESS',
    'Alias UPDATE_IN_PROGRESS',
    'Alias UPDATE_COMPLETE',
    'orders UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'orders UPDATE_COMPLETE',
  ]);
});

test('the stack is done at the time of the shift, also when nobody has looked at it since', async () => {
  await interrupted();
  const { status, clock, cloudformation } = shifting({ folder });

  await clock.advance('1h');

  expect(await status()).toBe('UPDATE_COMPLETE');
  const { StackEvents: [last] = [] } = await cloudformation.describeStackEvents({ StackName });
  expect(last?.Timestamp?.toISOString()).toMatch(/^2026-01-01T00:05:00/);
});

test('an alarm takes back stack and alias after a restart too (FACTS C1.8)', async () => {
  await interrupted();
  const { status, alias, deployments, reasons, clock, client } = shifting({ folder });

  await client(CloudWatch).setAlarmState({
    AlarmName: 'errors',
    StateValue: 'ALARM',
    StateReason: 'test',
  });
  await clock.settle();

  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias()).toEqual(['1', undefined]);
  expect(await deployments()).toEqual([
    'CloudFormation Stopped',
    'codeDeployRollback Succeeded',
    'CloudFormationRollback Succeeded',
  ]);
  expect(await reasons()).toEqual([
    'Alias: One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: errors',
  ]);
});

test('CancelUpdateStack takes back an update that an earlier emulator began', async () => {
  await interrupted();
  const { status, alias, deployments, clock, cloudformation } = shifting({ folder });

  await cloudformation.cancelUpdateStack({ StackName });
  await clock.settle();

  expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await alias()).toEqual(['1', undefined]);
  expect(await deployments()).toEqual([
    'CloudFormation Stopped',
    'CloudFormationRollback Succeeded',
  ]);
});

test('an update that waits for more than CodeDeploy is rolled back at the next start', async () => {
  const { cloudformation, clock, emulator } = await deployed({ version: 'One' }, { folder });
  const parsed = JSON.parse(template({ version: 'Two' })) as { Resources: object };
  const Wait = {
    Type: 'AWS::CloudFormation::WaitCondition',
    Properties: { Handle: { Ref: 'Handle' }, Timeout: '3600' },
  };
  const Handle = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
  await cloudformation.updateStack({
    StackName,
    TemplateBody: JSON.stringify({ Resources: { ...parsed.Resources, Handle, Wait } }),
    Capabilities,
  });
  await clock.settle();
  await emulator.flush();
  const next = shifting({ folder });

  expect(await next.status()).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
  await next.clock.settle();

  expect(await next.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await next.alias()).toEqual(['1', undefined]);
  expect(await next.deployments()).toEqual([
    'CloudFormation Stopped',
    'CloudFormationRollback Succeeded',
  ]);
});
