import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';
import { type WarmToolkit, warmToolkit } from '../support/cdk/warm-toolkit';

jest.setTimeout(120_000);

let end: FrontEnd;
let warm: WarmToolkit;
beforeAll(async () => {
  end = await frontEnd({ apps: ['first', 'changed', 'broken'] });
  warm = warmToolkit(end);
  await end.client(SSM).putParameter({ Name: '/taken', Value: 'theirs', Type: 'String' });
});
afterAll(async () => {
  warm.close();
  await end.close();
});

const toolkit: WarmToolkit['ask'] = (...words) => warm.ask(...words);

// One stack's whole life: each test goes on where the one before has stopped.

test('deploy creates the stack, and a second one finds nothing to change', async () => {
  const created = await toolkit('deploy', 'first');
  const again = await toolkit('deploy', 'first');

  expect(created).toEqual({
    result: [
      {
        stackName: 'Shop',
        outputs: { OrdersUrl: expect.stringContaining('/000000000000/Shop-Orders') },
      },
    ],
  });
  expect(again).toEqual(created);
});

test('diff tells an update in place from a replacement', async () => {
  expect(await toolkit('diff', 'changed')).toEqual({
    result: {
      Shop: {
        OrdersA9B65338: 'AWS::SQS::Queue WILL_UPDATE',
        LimitC3BD55D9: 'AWS::SSM::Parameter WILL_REPLACE',
      },
    },
  });
});

test('deploy of a change, and directly back again', async () => {
  const changed = await toolkit('deploy', 'changed');
  const between = await shop();
  const back = await toolkit('deploy', 'first', { method: 'direct' });

  expect([changed, back]).toEqual([{ result: expect.any(Array) }, { result: expect.any(Array) }]);
  expect(between.ChangeSetId).toContain(':changeSet/cdk-deploy-change-set/');
  expect((await shop()).ChangeSetId).toBeUndefined();
});

test('drift counts what was changed behind the stack’s back', async () => {
  const before = await toolkit('drift', 'first');
  const { Outputs } = await shop();
  await end.client(SQS).setQueueAttributes({
    QueueUrl: Outputs![0]!.OutputValue,
    Attributes: { VisibilityTimeout: '99' },
  });

  expect(before).toEqual({
    result: { Shop: expect.objectContaining({ numResourcesWithDrift: 0 }) },
  });
  expect(await toolkit('drift', 'first')).toEqual({
    result: { Shop: expect.objectContaining({ numResourcesWithDrift: 1 }) },
  });
});

test('a failed update stays without rollback until it is rolled back', async () => {
  const failed = await toolkit('deploy', 'broken', { rollback: false });
  const between = await shop();
  const rolledBack = await toolkit('rollback', 'broken');

  expect(failed).toEqual({ error: expect.stringContaining('The parameter already exists.') });
  expect(between.StackStatus).toBe('UPDATE_FAILED');
  expect(rolledBack).toEqual({ result: [{ stackName: 'Shop', outcome: 'rolled-back' }] });
  expect((await shop()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('destroy leaves nothing', async () => {
  expect(await toolkit('destroy', 'first')).toEqual({ result: ['Shop'] });
  await expect(shop()).rejects.toThrow('Stack with id Shop does not exist');
});

const shop = async () =>
  (await end.client(CloudFormation).describeStacks({ StackName: 'Shop' })).Stacks![0]!;
