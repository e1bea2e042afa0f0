import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../../test/support/emulated';

const start = Date.parse('2026-01-01T00:00:00Z');

async function withGroups(...names: string[]) {
  const lab = emulated();
  const logs = lab.client(CloudWatchLogs);
  for (const logGroupName of names) await logs.createLogGroup({ logGroupName });
  return { ...lab, logs };
}

describe('a log group', () => {
  test('shows what it was made with', async () => {
    const { logs } = await withGroups();

    await logs.createLogGroup({
      logGroupName: '/shop/checkout',
      kmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/one',
      tags: { team: 'shop' },
      logGroupClass: 'INFREQUENT_ACCESS',
    });
    await logs.putRetentionPolicy({ logGroupName: '/shop/checkout', retentionInDays: 14 });

    const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/shop/checkout';
    expect((await logs.describeLogGroups({})).logGroups).toEqual([
      {
        logGroupName: '/shop/checkout',
        creationTime: start,
        retentionInDays: 14,
        metricFilterCount: 0,
        arn: `${logGroupArn}:*`,
        logGroupArn,
        storedBytes: 0,
        kmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/one',
        logGroupClass: 'INFREQUENT_ACCESS',
        deletionProtectionEnabled: false,
      },
    ]);
    expect((await logs.listTagsForResource({ resourceArn: logGroupArn })).tags).toEqual({
      team: 'shop',
    });
  });

  test('is made once, and says when it is not there', async () => {
    const { logs } = await withGroups('a');

    await expect(logs.createLogGroup({ logGroupName: 'a' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await logs.deleteLogGroup({ logGroupName: 'a' });
    await expect(logs.deleteLogGroup({ logGroupName: 'a' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('has a name of few characters and a class that is emulated (texts unverified)', async () => {
    const { logs } = await withGroups();

    await expect(logs.createLogGroup({ logGroupName: 'a b' })).rejects.toThrow(
      "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    );
    await expect(
      logs.createLogGroup({ logGroupName: 'a', logGroupClass: 'DELIVERY' }),
    ).rejects.toThrow('log groups of class DELIVERY are not emulated; use STANDARD');
  });

  test('keeps its events for allowed numbers of days only', async () => {
    const { logs } = await withGroups('a');

    await expect(
      logs.putRetentionPolicy({ logGroupName: 'a', retentionInDays: 2 }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await logs.putRetentionPolicy({ logGroupName: 'a', retentionInDays: 1 });
    await logs.deleteRetentionPolicy({ logGroupName: 'a' });
    const { logGroups } = await logs.describeLogGroups({});
    expect(logGroups?.[0]).not.toHaveProperty('retentionInDays');
  });

  test('cannot be deleted while it is protected', async () => {
    const { logs } = await withGroups('a');
    await logs.putLogGroupDeletionProtection({
      logGroupIdentifier: 'a',
      deletionProtectionEnabled: true,
    });

    await expect(logs.deleteLogGroup({ logGroupName: 'a' })).rejects.toMatchObject({
      name: 'InvalidOperationException',
    });
  });

  test('of class Infrequent Access does not let its events be got one by one', async () => {
    const { logs } = await withGroups();
    await logs.createLogGroup({ logGroupName: 'rare', logGroupClass: 'INFREQUENT_ACCESS' });
    await logs.createLogStream({ logGroupName: 'rare', logStreamName: 'one' });

    await expect(
      logs.getLogEvents({ logGroupName: 'rare', logStreamName: 'one' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

test('the tagging API finds and tags a group', async () => {
  const { logs, client } = await withGroups('/shop');
  const tagging = client(ResourceGroupsTaggingAPI);
  const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/shop';

  await tagging.tagResources({ ResourceARNList: [arn], Tags: { team: 'shop', cost: '1' } });
  await tagging.untagResources({ ResourceARNList: [arn], TagKeys: ['cost'] });

  expect((await logs.listTagsForResource({ resourceArn: arn })).tags).toEqual({ team: 'shop' });
  const { ResourceTagMappingList: found } = await tagging.getResources({
    ResourceTypeFilters: ['logs:log-group'],
  });
  expect(found).toMatchObject([{ ResourceARN: arn }]);
});

test('DescribeLogGroups is in order of names, page by page, by prefix or by part (moto logs/models.py)', async () => {
  const { logs } = await withGroups('b', '/shop/b', '/shop/a');
  const names = async (input: object) => {
    const { logGroups = [], nextToken } = await logs.describeLogGroups(input);
    return { names: logGroups.map(({ logGroupName }) => logGroupName), nextToken };
  };

  const first = await names({ limit: 2 });
  expect(first.names).toEqual(['/shop/a', '/shop/b']);
  expect(await names({ limit: 2, nextToken: first.nextToken })).toEqual({ names: ['b'] });
  expect((await names({ logGroupNamePrefix: '/shop' })).names).toEqual(['/shop/a', '/shop/b']);
  expect((await names({ logGroupNamePattern: 'b' })).names).toEqual(['/shop/b', 'b']);
  await expect(names({ nextToken: 'mine' })).rejects.toThrow('The specified nextToken is invalid.');
  await expect(names({ limit: 51 })).rejects.toThrow(
    "Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
  );
});

test('DescribeLogStreams is in order of names or of last events (moto logs/models.py)', async () => {
  const { logs } = await withGroups('a');
  for (const [logStreamName, age] of [
    ['y', 1],
    ['x', 2],
  ] as const) {
    await logs.createLogStream({ logGroupName: 'a', logStreamName });
    await logs.putLogEvents({
      logGroupName: 'a',
      logStreamName,
      logEvents: [{ timestamp: start - age, message: 'm' }],
    });
  }
  const names = async (input: object) =>
    (await logs.describeLogStreams({ logGroupName: 'a', ...input })).logStreams?.map(
      ({ logStreamName }) => logStreamName,
    );

  expect(await names({})).toEqual(['x', 'y']);
  expect(await names({ descending: true })).toEqual(['y', 'x']);
  expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['y', 'x']);
  expect(await names({ logStreamNamePrefix: 'y' })).toEqual(['y']);
  await expect(names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'y' })).rejects.toThrow(
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  );
});

test('a role writes where its policy names the group with :* behind it (text unverified)', async () => {
  const { client } = await withGroups('/aws/lambda/shop', '/aws/lambda/other');
  const iam = client(IAM);
  const { Role } = await iam.createRole({
    RoleName: 'writer',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    }),
  });
  await iam.putRolePolicy({
    RoleName: 'writer',
    PolicyName: 'write',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/shop:*',
        },
      ],
    }),
  });
  const { Credentials } = await client(STS).assumeRole({
    RoleArn: Role?.Arn ?? '',
    RoleSessionName: 'me',
  });
  const logs = client(CloudWatchLogs, { credentials: Credentials });

  await logs.createLogStream({ logGroupName: '/aws/lambda/shop', logStreamName: 'one' });
  await expect(
    logs.createLogStream({ logGroupName: '/aws/lambda/other', logStreamName: 'one' }),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      'is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/other:log-stream:one',
    ) as string,
  });
});
