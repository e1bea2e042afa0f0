import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { emulated } from '../../../test/support/emulated';

const start = Date.parse('2026-01-01T00:00:00Z');

const policy = (Resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource,
      },
    ],
  });

test('a service of AWS writes where a resource policy lets it, and nowhere else', async () => {
  const { client, core } = emulated();
  const logs = client(CloudWatchLogs);
  for (const logGroupName of ['/aws/events/a', '/other'])
    await logs.createLogGroup({ logGroupName });
  await logs.putResourcePolicy({
    policyName: 'events',
    policyDocument: policy('arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/*:*'),
  });
  const events = core.clients.of('cloudwatch-logs', {
    region: 'us-east-1',
    caller: {
      principal: {
        type: 'service',
        accountId: '000000000000',
        arn: 'events.amazonaws.com',
        service: 'events.amazonaws.com',
      },
    },
  }) as CloudWatchLogs;

  await events.createLogStream({ logGroupName: '/aws/events/a', logStreamName: 'one' });
  await expect(
    events.createLogStream({ logGroupName: '/other', logStreamName: 'one' }),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('resource policies are at most ten documents by name', async () => {
  const logs = emulated().client(CloudWatchLogs);
  for (let index = 0; index < 10; index += 1)
    await logs.putResourcePolicy({ policyName: `p${index}`, policyDocument: policy('*') });

  await expect(
    logs.putResourcePolicy({ policyName: 'p10', policyDocument: policy('*') }),
  ).rejects.toMatchObject({ name: 'LimitExceededException' });
  await logs.deleteResourcePolicy({ policyName: 'p1' });
  const { resourcePolicies } = await logs.describeResourcePolicies({ limit: 1 });
  expect(resourcePolicies).toEqual([
    {
      policyName: 'p0',
      policyDocument: policy('*'),
      lastUpdatedTime: start,
      policyScope: 'ACCOUNT',
    },
  ]);
  await expect(logs.deleteResourcePolicy({ policyName: 'p1' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    logs.putResourcePolicy({ policyName: 'bad', policyDocument: '{}' }),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('destinations are kept with their policy and tags', async () => {
  const logs = emulated().client(CloudWatchLogs);
  const { destination } = await logs.putDestination({
    destinationName: 'central',
    targetArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/central',
    roleArn: 'arn:aws:iam::000000000000:role/central',
    tags: { team: 'shop' },
  });
  await logs.putDestinationPolicy({ destinationName: 'central', accessPolicy: policy('*') });
  const resourceArn = destination?.arn ?? '';
  await logs.tagResource({ resourceArn, tags: { stage: 'test' } });

  expect((await logs.describeDestinations({})).destinations).toEqual([
    {
      destinationName: 'central',
      targetArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/central',
      roleArn: 'arn:aws:iam::000000000000:role/central',
      arn: 'arn:aws:logs:us-east-1:000000000000:destination:central',
      creationTime: start,
      accessPolicy: policy('*'),
    },
  ]);
  expect((await logs.listTagsForResource({ resourceArn })).tags).toEqual({
    team: 'shop',
    stage: 'test',
  });
  await logs.deleteDestination({ destinationName: 'central' });
  await expect(logs.deleteDestination({ destinationName: 'central' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('what belongs to parts that are not there is refused by name (texts unverified: they are ours)', async () => {
  const logs = emulated().client(CloudWatchLogs);

  await expect(
    logs.createExportTask({ logGroupName: '/shop', from: 0, to: 1, destination: 'bucket' }),
  ).rejects.toThrow('cloudwatch-logs.CreateExportTask is not emulated');
  await expect(logs.startLiveTail({ logGroupIdentifiers: ['/shop'] })).rejects.toThrow(
    'cloudwatch-logs.StartLiveTail is not emulated',
  );
  await expect(
    logs.putIndexPolicy({ logGroupIdentifier: '/shop', policyDocument: '{}' }),
  ).rejects.toThrow('cloudwatch-logs.PutIndexPolicy is not emulated');
});
