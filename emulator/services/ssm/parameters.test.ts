import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';

const { client, clock } = emulated();
const ssm = client(SSM);

test('A fresh account holds the bootstrap version that the CDK asks for', async () => {
  const { Parameter } = await ssm.getParameter({ Name: '/cdk-bootstrap/hnb659fds/version' });
  expect(Parameter).toMatchObject({ Type: 'String', Value: '33', Version: 1 });
});

test('PutParameter stores a value that GetParameter reads by name, version and ARN', async () => {
  await expect(
    ssm.putParameter({ Name: '/stored/a', Type: 'String', Value: 'one' }),
  ).resolves.toMatchObject({ Version: 1, Tier: 'Standard' });
  await ssm.putParameter({ Name: '/stored/a', Value: 'two', Overwrite: true });
  const read = async (Name: string) => (await ssm.getParameter({ Name })).Parameter;
  await expect(read('/stored/a')).resolves.toMatchObject({
    Name: '/stored/a',
    Value: 'two',
    Version: 2,
    ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/stored/a',
  });
  await expect(read('/stored/a:1')).resolves.toMatchObject({ Value: 'one', Selector: ':1' });
  await expect(
    read('arn:aws:ssm:us-east-1:000000000000:parameter/stored/a'),
  ).resolves.toMatchObject({ Value: 'two' });
});

test('GetParameter of a version that does not exist is refused', async () => {
  await ssm.putParameter({ Name: '/versioned', Type: 'String', Value: 'one' });
  await expect(ssm.getParameter({ Name: '/versioned:7' })).rejects.toMatchObject({
    name: 'ParameterVersionNotFound',
  });
});

test('PutParameter of an existing name without Overwrite is refused', async () => {
  await ssm.putParameter({ Name: '/twice', Type: 'String', Value: 'one' });
  await expect(
    ssm.putParameter({ Name: '/twice', Type: 'String', Value: 'two' }),
  ).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
  });
});

test('PutParameter of a value that does not fit AllowedPattern is refused (text unverified)', async () => {
  await expect(
    ssm.putParameter({ Name: '/digits', Type: 'String', Value: 'a', AllowedPattern: '\\d+' }),
  ).rejects.toMatchObject({
    name: 'ParameterPatternMismatchException',
    message: 'Parameter value, cannot be validated against allowedPattern: \\d+',
  });
});

test.each([
  ['aws-thing', 'AccessDeniedException', 'No access to reserved parameter name: aws-thing.'],
  [
    '/has space',
    'ValidationException',
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  ],
])('PutParameter of the name %s is refused (moto)', async (Name, name, message) => {
  await expect(ssm.putParameter({ Name, Type: 'String', Value: 'x' })).rejects.toMatchObject({
    name,
    message,
  });
});

test('PutParameter of more than 4096 characters is refused in the Standard tier', async () => {
  await expect(
    ssm.putParameter({ Name: '/long', Type: 'String', Value: 'x'.repeat(4097) }),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(
    ssm.putParameter({ Name: '/long', Type: 'String', Value: 'x'.repeat(4097), Tier: 'Advanced' }),
  ).resolves.toMatchObject({ Tier: 'Advanced' });
});

test('A SecureString shows its value only WithDecryption', async () => {
  await ssm.putParameter({ Name: '/secret', Type: 'SecureString', Value: 'hush' });
  const sealed = await ssm.getParameter({ Name: '/secret' });
  const open = await ssm.getParameter({ Name: '/secret', WithDecryption: true });
  expect(sealed.Parameter?.Value).not.toContain('hush');
  expect(open.Parameter?.Value).toBe('hush');
});

test('GetParameters tells the found from the invalid', async () => {
  await ssm.putParameter({ Name: '/known', Type: 'String', Value: 'x' });
  const found = await ssm.getParameters({ Names: ['/known', '/unknown'] });
  expect(found.Parameters?.map(({ Name }) => Name)).toEqual(['/known']);
  expect(found.InvalidParameters).toEqual(['/unknown']);
});

test('GetParametersByPath reads one level, or all with Recursive, in pages', async () => {
  for (const Name of ['/tree/a', '/tree/b', '/tree/deep/c']) {
    await ssm.putParameter({ Name, Type: 'String', Value: 'x' });
  }
  const names = async (Recursive: boolean) =>
    (await ssm.getParametersByPath({ Path: '/tree', Recursive })).Parameters?.map((p) => p.Name);
  await expect(names(false)).resolves.toEqual(['/tree/a', '/tree/b']);
  await expect(names(true)).resolves.toEqual(['/tree/a', '/tree/b', '/tree/deep/c']);
  const first = await ssm.getParametersByPath({ Path: '/tree', MaxResults: 1 });
  const second = await ssm.getParametersByPath({ Path: '/tree', NextToken: first.NextToken });
  expect(second.Parameters?.map((p) => p.Name)).toEqual(['/tree/b']);
});

test('A label moves to the version that it was last put on', async () => {
  await ssm.putParameter({ Name: '/labelled', Type: 'String', Value: 'one' });
  await ssm.putParameter({ Name: '/labelled', Value: 'two', Overwrite: true });
  await ssm.labelParameterVersion({ Name: '/labelled', ParameterVersion: 2, Labels: ['live'] });
  await ssm.labelParameterVersion({ Name: '/labelled', ParameterVersion: 1, Labels: ['live'] });
  const { Parameter } = await ssm.getParameter({ Name: '/labelled:live' });
  expect(Parameter?.Value).toBe('one');
  const { Parameters = [] } = await ssm.getParameterHistory({ Name: '/labelled' });
  expect(Parameters.map(({ Labels }) => Labels)).toEqual([['live'], []]);
});

test('GetParametersByPath reads the version that bears a label', async () => {
  await ssm.putParameter({ Name: '/release/app', Type: 'String', Value: 'one' });
  await ssm.putParameter({ Name: '/release/app', Value: 'two', Overwrite: true });
  await ssm.putParameter({ Name: '/release/web', Type: 'String', Value: 'none' });
  await ssm.labelParameterVersion({ Name: '/release/app', ParameterVersion: 1, Labels: ['live'] });
  const { Parameters = [] } = await ssm.getParametersByPath({
    Path: '/release',
    ParameterFilters: [{ Key: 'Label', Values: ['live'] }],
  });
  expect(Parameters.map(({ Name, Value }) => [Name, Value])).toEqual([['/release/app', 'one']]);
});

test('A version takes ten labels, and an oldest version with a label stays', async () => {
  const Name = '/full';
  await ssm.putParameter({ Name, Type: 'String', Value: '1' });
  const labels = Array.from({ length: 10 }, (_, index) => `l${index}`);
  await ssm.labelParameterVersion({ Name, Labels: labels });
  await expect(ssm.labelParameterVersion({ Name, Labels: ['more'] })).rejects.toMatchObject({
    name: 'ParameterVersionLabelLimitExceeded',
  });
  for (let version = 2; version <= 100; version += 1) {
    await ssm.putParameter({ Name, Value: String(version), Overwrite: true });
  }
  await expect(ssm.putParameter({ Name, Value: '101', Overwrite: true })).rejects.toMatchObject({
    name: 'ParameterMaxVersionLimitExceeded',
  });
});

test('DescribeParameters filters by name, type and tag', async () => {
  await ssm.putParameter({
    Name: '/described',
    Type: 'StringList',
    Value: 'a,b',
    Tags: [{ Key: 'team', Value: 'ops' }],
  });
  const names = async (Key: string, Values: string[], Option?: string) =>
    (await ssm.describeParameters({ ParameterFilters: [{ Key, Values, Option }] })).Parameters?.map(
      ({ Name }) => Name,
    );
  await expect(names('Type', ['StringList'])).resolves.toEqual(['/described']);
  await expect(names('tag:team', ['ops'])).resolves.toEqual(['/described']);
  await expect(names('Name', ['/descr'], 'BeginsWith')).resolves.toEqual(['/described']);
  await expect(names('Colour', ['red'])).rejects.toMatchObject({ name: 'InvalidFilterKey' });
});

test('DeleteParameters answers what was there and what was not', async () => {
  await ssm.putParameter({ Name: '/doomed', Type: 'String', Value: 'x' });
  const answer = await ssm.deleteParameters({ Names: ['/doomed', '/never'] });
  expect(answer).toMatchObject({ DeletedParameters: ['/doomed'], InvalidParameters: ['/never'] });
  await expect(ssm.deleteParameter({ Name: '/doomed' })).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  await clock.settle();
});

test('Tags of a parameter are added, listed and removed', async () => {
  await ssm.putParameter({ Name: '/tagged', Type: 'String', Value: 'x' });
  const resource = { ResourceType: 'Parameter', ResourceId: '/tagged' } as const;
  await ssm.addTagsToResource({ ...resource, Tags: [{ Key: 'a', Value: '1' }] });
  const { TagList } = await ssm.listTagsForResource(resource);
  expect(TagList).toEqual([{ Key: 'a', Value: '1' }]);
  await ssm.removeTagsFromResource({ ...resource, TagKeys: ['a'] });
  await expect(ssm.listTagsForResource(resource)).resolves.toMatchObject({ TagList: [] });
});

test('Accounts and Regions hold their own parameters', async () => {
  await ssm.putParameter({ Name: '/mine', Type: 'String', Value: 'x' });
  const elsewhere = client(SSM, { region: 'eu-west-1' });
  const other = client(SSM, { accessKeyId: '111111111111' });
  await expect(elsewhere.getParameter({ Name: '/mine' })).rejects.toThrow();
  await expect(other.getParameter({ Name: '/mine' })).rejects.toThrow();
});

test('An operation that is not emulated is refused by name (text unverified)', async () => {
  await expect(ssm.getInventory({})).rejects.toMatchObject({
    message: expect.stringContaining('ssm.GetInventory is not emulated') as unknown,
  });
});
