import {
  CloudFormation,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  paginateListExports,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { SNS } from '@aws-sdk/client-sns';
import { emulated } from '../../../test/support/emulated';

jest.setTimeout(30_000);

/** `Topic0` and on, the most that a template may hold. */
const topics = (DisplayName: string) =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Array.from({ length: 500 }, (_, position) => [
        `Topic${position}`,
        { Type: 'AWS::SNS::Topic', Properties: { DisplayName } },
      ]),
    ),
  });

async function pagesOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[][]> {
  const found: Item[][] = [];
  for await (const page of pages) found.push(itemsOf(page) ?? []);
  return found;
}

const sizes = (pages: unknown[][]) => pages.map(({ length }) => length);

test('a stack of 500 resources is created, described page by page, updated and deleted', async () => {
  const { client } = emulated();
  const cfn = client(CloudFormation);
  const status = async (StackName: string) =>
    (await cfn.describeStacks({ StackName })).Stacks?.[0]?.StackStatus;

  const { StackId = '' } = await cfn.createStack({ StackName: 's', TemplateBody: topics('one') });
  const resources = await pagesOf(
    paginateListStackResources({ client: cfn }, { StackName: 's' }),
    (page) => page.StackResourceSummaries,
  );
  const { StackResources } = await cfn.describeStackResources({ StackName: 's' });

  expect(await status('s')).toBe('CREATE_COMPLETE');
  expect(sizes(resources)).toEqual([100, 100, 100, 100, 100]);
  expect(new Set(resources.flat().map((each) => each.PhysicalResourceId)).size).toBe(500);
  expect(StackResources).toHaveLength(100);

  await cfn.updateStack({ StackName: 's', TemplateBody: topics('two') });
  expect(await status('s')).toBe('UPDATE_COMPLETE');

  await cfn.deleteStack({ StackName: 's' });
  expect(await status(StackId)).toBe('DELETE_COMPLETE');
  expect((await client(SNS).listTopics({})).Topics).toEqual([]);
});

test('events come newest first, a hundred a page, and each has a time of its own', async () => {
  const cfn = emulated().client(CloudFormation);
  await cfn.createStack({ StackName: 's', TemplateBody: topics('one') });

  const pages = await pagesOf(
    paginateDescribeStackEvents({ client: cfn }, { StackName: 's' }),
    (page) => page.StackEvents,
  );

  const events = pages.flat();
  const times = events.map((event) => event.Timestamp!.getTime());
  expect(sizes(pages)).toEqual([...Array.from({ length: 15 }, () => 100), 2]);
  expect(events.map((event) => event.LogicalResourceId)).toEqual([
    's',
    ...Array.from({ length: 1500 }, (_, position) => `Topic${499 - Math.floor(position / 3)}`),
    's',
  ]);
  expect(times).toEqual([...new Set(times)].toSorted((one, other) => other - one));
});

test('stacks and exports come a hundred a page, stacks newest first', async () => {
  const cfn = emulated().client(CloudFormation);
  for (let number = 0; number < 250; number += 1) {
    await cfn.createStack({ StackName: `s${number}`, TemplateBody: exporting(number) });
  }

  const described = await pagesOf(
    paginateDescribeStacks({ client: cfn }, {}),
    (page) => page.Stacks,
  );
  const listed = await pagesOf(
    paginateListStacks({ client: cfn }, { StackStatusFilter: ['CREATE_COMPLETE'] }),
    (page) => page.StackSummaries,
  );
  const exported = await pagesOf(paginateListExports({ client: cfn }, {}), (page) => page.Exports);

  expect([described, listed, exported].map(sizes)).toEqual([
    [100, 100, 51],
    [100, 100, 51],
    [100, 100, 51],
  ]);
  expect(listed.flat().slice(0, 2)).toMatchObject([{ StackName: 's249' }, { StackName: 's248' }]);
  expect(described.flat().at(-1)?.StackName).toBe('CDKToolkit');
  expect(exported.flat()).toContainEqual(expect.objectContaining({ Name: 'e249', Value: 'v' }));
});

const exporting = (number: number) =>
  JSON.stringify({
    Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    Outputs: { Out: { Value: 'v', Export: { Name: `e${number}` } } },
  });
