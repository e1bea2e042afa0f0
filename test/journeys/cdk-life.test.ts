import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { type FrontEnd, frontEnd } from '../support/cdk/front-end';

jest.setTimeout(120_000);

let end: FrontEnd;
beforeAll(async () => {
  end = await frontEnd({ apps: ['first', 'changed'] });
});
afterAll(() => end.close());

// One stack's whole life with the plain CLI: each test goes on where the one before has stopped.

test('bootstrap finds the environment bootstrapped already', async () => {
  const { code, stdout } = await end.cdk('bootstrap', 'aws://000000000000/us-east-1');

  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('bootstrapped (no changes)'),
  });
});

test('deploy of a new stack asks for all of this in this order, and writes the outputs', async () => {
  const { code, calls } = await end.deploy('first', '--outputs-file=outputs.json');

  expect({ code, calls }).toEqual({ code: 0, calls: creation });
  expect(end.written('outputs.json')).toEqual({
    Shop: { OrdersUrl: expect.stringMatching(/\/000000000000\/Shop-OrdersA9B65338-[A-Z0-9]{12}$/) },
  });
});

test('deploy of what is there already compares the templates and leaves it at that', async () => {
  const { code, stdout, calls } = await end.deploy('first');

  expect({ code, calls }).toEqual({ code: 0, calls: noChange });
  expect(stdout).toContain('Shop (no changes)');
});

test('diff tells an update in place from a replacement, by a change set that it deletes', async () => {
  const { code, stdout, calls } = await end.cdk('diff', '--app', end.app('changed'));

  expect({ code, calls }).toEqual({ code: 0, calls: difference });
  expect(stdout).toContain('[~] AWS::SQS::Queue Orders OrdersA9B65338\n');
  expect(stdout).toContain('[~] AWS::SSM::Parameter Limit LimitC3BD55D9 replace\n');
  expect((await shop()).StackStatus).toBe('CREATE_COMPLETE');
});

test('deploy of a change updates one resource in place and replaces the other', async () => {
  const before = await physicalIds();

  const { code, calls } = await end.deploy('changed');

  expect({ code, calls }).toEqual({ code: 0, calls: update });
  expect(await physicalIds()).toEqual({ ...before, LimitC3BD55D9: '/shop/maximum' });
  expect(await visibility()).toBe('60');
  expect((await shop()).StackStatus).toBe('UPDATE_COMPLETE');
});

test('deploy --method=direct goes back without a change set', async () => {
  const { code, calls } = await end.deploy('first', '--method=direct');

  expect({ code, calls }).toEqual({ code: 0, calls: directUpdate });
  expect(await visibility()).toBe('30');
});

test('deploy --method=direct --force of the same is told that nothing changes', async () => {
  const { code, stdout } = await end.deploy('first', '--method=direct', '--force');

  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Shop (no changes)'),
  });
});

test('drift of an untouched stack finds none', async () => {
  const { code, stdout, calls } = await end.cdk('drift', '--app', end.app('first'), '--fail');

  expect({ code, stdout, calls }).toEqual({
    code: 0,
    stdout: expect.stringContaining('No drift detected'),
    calls: detection,
  });
});

test('drift names the property that was changed behind the stack’s back', async () => {
  const sqs = end.client(SQS);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: await orders() });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { VisibilityTimeout: '99' } });
  await end.client(SSM).deleteParameter({ Name: '/shop/limit' });

  const { code, stdout } = await end.cdk('drift', '--app', end.app('first'), '--fail');

  expect(code).toBe(1);
  expect(stdout).toContain('[~] AWS::SQS::Queue Orders OrdersA9B65338');
  expect(stdout).toMatch(/VisibilityTimeout\n.*\[-\] 30\n.*\[\+\] 99/);
  expect(stdout).toContain('[-] AWS::SSM::Parameter Limit LimitC3BD55D9');
});

test('destroy deletes by the stack’s ARN and leaves nothing', async () => {
  const queue = await orders();
  const { code, calls } = await end.cdk('destroy', '--app', end.app('first'), '--force');

  expect({ code, calls }).toEqual({ code: 0, calls: deletion });
  await expect(shop()).rejects.toThrow('Stack with id Shop does not exist');
  await expect(end.client(SQS).getQueueUrl({ QueueName: queue })).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});

const shop = async () =>
  (await end.client(CloudFormation).describeStacks({ StackName: 'Shop' })).Stacks![0]!;

const physicalIds = async (): Promise<Record<string, string>> => {
  const cloudformation = end.client(CloudFormation);
  const { StackResources } = await cloudformation.describeStackResources({ StackName: 'Shop' });
  return Object.fromEntries(
    StackResources!.map((each) => [each.LogicalResourceId!, each.PhysicalResourceId!]),
  );
};

const orders = async () => (await physicalIds())['OrdersA9B65338']!.split('/').at(-1)!;

async function visibility(): Promise<string | undefined> {
  const sqs = end.client(SQS);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: await orders() });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  return Attributes?.['VisibilityTimeout'];
}

const upload = [
  's3 GetBucketLocation',
  's3 ListObjectsV2',
  's3 GetBucketEncryption',
  's3 PutObject',
];

const preparation = [
  'sts AssumeRole',
  's3 ListObjectsV2',
  'sts AssumeRole',
  'ssm GetParameter',
  'cloudformation DescribeStacks',
];

const execution = [
  'cloudformation CreateChangeSet',
  'cloudformation DescribeChangeSet',
  'cloudformation DescribeStacks',
  'cloudformation GetTemplate',
  'cloudformation DescribeChangeSet',
  'cloudformation ExecuteChangeSet',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStackEvents',
];

const creation = [
  ...preparation,
  ...upload,
  'sts AssumeRole',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStacks',
  ...execution,
];

const noChange = [
  ...preparation,
  'cloudformation GetTemplate',
  'cloudformation DescribeStacks',
  'cloudformation DeleteChangeSet',
];

const difference = [
  'sts AssumeRole',
  'ssm GetParameter',
  'cloudformation DescribeStacks',
  'cloudformation GetTemplate',
  'cloudformation DescribeStacks',
  'sts AssumeRole',
  'sts AssumeRole',
  'cloudformation DescribeStacks',
  'sts AssumeRole',
  ...upload,
  'cloudformation DescribeStacks',
  'cloudformation DeleteChangeSet',
  'cloudformation CreateChangeSet',
  'cloudformation DescribeChangeSet',
  'cloudformation DeleteChangeSet',
];

const comparison = [
  ...preparation,
  'cloudformation GetTemplate',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStacks',
];

const update = [
  ...comparison,
  'cloudformation DeleteChangeSet',
  'cloudformation DescribeChangeSet',
  ...execution,
];

const directUpdate = [
  ...comparison,
  'cloudformation UpdateStack',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStackEvents',
];

const detection = [
  'sts GetCallerIdentity',
  'cloudformation DetectStackDrift',
  'cloudformation DescribeStackDriftDetectionStatus',
  'cloudformation DescribeStackResourceDrifts',
];

const deletion = [
  'sts AssumeRole',
  'cloudformation DescribeStacks',
  'cloudformation DeleteStack',
  'cloudformation DescribeStacks',
  'cloudformation DescribeStackEvents',
];
