import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';

jest.setTimeout(120_000);

let end: FrontEnd;
beforeAll(async () => {
  end = await frontEnd({ apps: ['first', 'changed'], program: 'aws-cdk-local/bin/cdklocal' });
});
afterAll(() => end.close());

// cdklocal drops every AWS_* variable but the endpoints, and comes with the key `test`.

test('cdklocal bootstraps, deploys, changes and destroys a stack', async () => {
  const runs = [
    await end.cdk('bootstrap', 'aws://000000000000/us-east-1'),
    await end.deploy('first'),
    await end.deploy('first'),
    await end.deploy('changed'),
  ];
  const { Stacks } = await end.client(CloudFormation).describeStacks({ StackName: 'Shop' });
  const destroyed = await end.cdk('destroy', '--app', end.app('changed'), '--force');

  expect([...runs, destroyed].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  expect(runs[2]?.stdout).toContain('Shop (no changes)');
  expect(Stacks?.[0]?.StackStatus).toBe('UPDATE_COMPLETE');
  await expect(end.client(CloudFormation).describeStacks({ StackName: 'Shop' })).rejects.toThrow(
    'Stack with id Shop does not exist',
  );
});
