import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';

jest.setTimeout(120_000);

let end: FrontEnd;
beforeAll(async () => {
  end = await frontEnd({ apps: ['linked', 'regions'] });
});
afterAll(() => end.close());

const destroy = (app: string, ...words: string[]) =>
  end.cdk('destroy', '--app', end.app(app), '--force', ...words);

test('a stack whose export is in use stays, and goes once its user is gone', async () => {
  const deployed = await end.deploy('linked', '--all');
  const alone = await destroy('linked', '--exclusively', 'Producer');
  const kept = await stacks();
  const together = await destroy('linked', '--all');

  expect([deployed.code, alone.code, together.code]).toEqual([0, 1, 0]);
  expect(alone.stderr).toContain(
    'Export Producer:ExportsOutputRefNewsE995708CEFACFDDD cannot be deleted as it is in use by Consumer',
  );
  expect(kept).toEqual({
    Producer: 'CREATE_COMPLETE',
    Consumer: 'CREATE_COMPLETE',
    CDKToolkit: 'CREATE_COMPLETE',
  });
  expect(await stacks()).toEqual({ CDKToolkit: 'CREATE_COMPLETE' });
});

test('one app deploys to two Regions and leaves neither behind', async () => {
  const deployed = await end.deploy('regions', '--all', '--outputs-file=outputs.json');
  const [west, east] = [await stacks('us-east-1'), await stacks('eu-west-1')];
  const destroyed = await destroy('regions', '--all');

  expect([deployed.code, destroyed.code]).toEqual([0, 0]);
  expect(west).toEqual({ ShopWest: 'CREATE_COMPLETE', CDKToolkit: 'CREATE_COMPLETE' });
  expect(east).toEqual({ ShopEast: 'CREATE_COMPLETE', CDKToolkit: 'CREATE_COMPLETE' });
  expect(Object.keys(end.written('outputs.json') as object).toSorted()).toEqual([
    'ShopEast',
    'ShopWest',
  ]);
  expect([await stacks('us-east-1'), await stacks('eu-west-1')]).toEqual([
    { CDKToolkit: 'CREATE_COMPLETE' },
    { CDKToolkit: 'CREATE_COMPLETE' },
  ]);
});

/** Status of every stack in a Region, by name. */
async function stacks(region?: string): Promise<Record<string, string>> {
  const { Stacks } = await end.client(CloudFormation, region).describeStacks({});
  return Object.fromEntries(Stacks!.map((each) => [each.StackName!, each.StackStatus!]));
}
