import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SSM } from '@aws-sdk/client-ssm';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';

jest.setTimeout(120_000);

let end: FrontEnd;
beforeAll(async () => {
  end = await frontEnd({ apps: ['first', 'broken', 'protected', 'unprotected'] });
  await end.client(SSM).putParameter({ Name: '/taken', Value: 'theirs', Type: 'String' });
});
afterAll(() => end.close());

// One account in which deployments fail: each test goes on where the one before has stopped.

test('deploy of a new stack that fails is told why, and nothing of it stays', async () => {
  const { code, stderr } = await end.deploy('broken');

  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('(AWS::SSM::Parameter Taken9EB3A0F4)'),
  });
  expect(await statuses('Shop')).toEqual({
    Shop: 'ROLLBACK_COMPLETE',
    OrdersA9B65338: 'DELETE_COMPLETE',
    LimitC3BD55D9: 'DELETE_COMPLETE',
    Taken9EB3A0F4: 'DELETE_COMPLETE',
  });
});

test('deploy over a stack that was rolled back deletes it and creates it anew', async () => {
  const { code, stdout, calls } = await end.deploy('first');

  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('✅  Shop\n'),
  });
  expect(calls).toContain('cloudformation DeleteStack');
  expect(await statuses('Shop')).toEqual(first);
});

test('deploy of an update that fails goes back to what was there', async () => {
  const { code, stdout } = await end.deploy('broken');

  expect(code).toBe(1);
  expect(stdout).toContain('UPDATE_ROLLBACK_COMPLET');
  expect(await statuses('Shop')).toEqual({
    Shop: 'UPDATE_ROLLBACK_COMPLETE',
    OrdersA9B65338: 'UPDATE_COMPLETE',
    LimitC3BD55D9: 'CREATE_COMPLETE',
  });
});

test('deploy --no-rollback leaves the failed update as it is', async () => {
  const { code } = await end.deploy('broken', '--no-rollback');

  expect(code).toBe(1);
  expect(await statuses('Shop')).toEqual({
    Shop: 'UPDATE_FAILED',
    OrdersA9B65338: 'UPDATE_COMPLETE',
    LimitC3BD55D9: 'CREATE_COMPLETE',
    Taken9EB3A0F4: 'CREATE_FAILED',
  });
});

test('rollback takes it back', async () => {
  const { code, calls } = await end.cdk('rollback', '--app', end.app('broken'));

  expect({ code, calls }).toEqual({ code: 0, calls: rollback });
  expect(await statuses('Shop')).toMatchObject({ Shop: 'UPDATE_ROLLBACK_COMPLETE' });
});

test('destroy of a protected stack is refused in AWS’s words', async () => {
  const deployed = await end.deploy('protected');
  const { code, stderr } = await end.cdk('destroy', '--app', end.app('protected'), '--force');

  expect([deployed.code, code]).toEqual([0, 1]);
  expect(stderr).toContain(
    'Stack [Vault] cannot be deleted while TerminationProtection is enabled',
  );
  expect(await statuses('Vault')).toMatchObject({ Vault: 'CREATE_COMPLETE' });
});

test('deploy without the protection takes it off, and destroy deletes the stack', async () => {
  const deployed = await end.deploy('unprotected');
  const { code } = await end.cdk('destroy', '--app', end.app('unprotected'), '--force');

  expect([deployed.code, code]).toEqual([0, 0]);
  expect(deployed.calls).toContain('cloudformation UpdateTerminationProtection');
  await expect(statuses('Vault')).rejects.toThrow('Stack with id Vault does not exist');
});

const first = {
  Shop: 'CREATE_COMPLETE',
  OrdersA9B65338: 'CREATE_COMPLETE',
  LimitC3BD55D9: 'CREATE_COMPLETE',
};

const rollback = [
  'sts AssumeRole',
  'ssm GetParameter',
  'cloudformation DescribeStacks',
  'cloudformation RollbackStack',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStackEvents',
];

/** Of the stack and of its resources, by logical id. */
async function statuses(StackName: string): Promise<Record<string, string>> {
  const cloudformation = end.client(CloudFormation);
  const { Stacks } = await cloudformation.describeStacks({ StackName });
  const { StackResources } = await cloudformation.describeStackResources({ StackName });
  return {
    [StackName]: Stacks![0]!.StackStatus!,
    ...Object.fromEntries(
      StackResources!.map((each) => [each.LogicalResourceId!, each.ResourceStatus!]),
    ),
  };
}
