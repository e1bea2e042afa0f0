import { CloudFormation } from '@aws-sdk/client-cloudformation';
import {
  CloudTrail,
  type CreateTrailRequest,
  type InsightSelector,
} from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';

interface Shown {
  [member: string]: unknown;
  eventName: string;
}

function setUp(options: Parameters<typeof emulated>[0] = {}) {
  const world = emulated(options);
  const { client } = world;
  const cloudtrail = client(CloudTrail);
  return {
    ...world,
    cloudtrail,
    /** The newest record of an operation, as CloudTrailEvent has it. */
    recordOf: async (EventName: string, region = 'us-east-1'): Promise<Shown | undefined> => {
      const { Events = [] } = await client(CloudTrail, { region }).lookupEvents({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: EventName }],
      });
      const text = Events[0]?.CloudTrailEvent;
      return text === undefined ? undefined : (JSON.parse(text) as Shown);
    },
  };
}

type World = ReturnType<typeof setUp>;

const bucketPolicy = (Action: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action,
      Resource: ['arn:aws:s3:::trails', 'arn:aws:s3:::trails/*'],
    },
  });

/** A logging trail into a bucket that takes it. */
async function withTrail({ client, cloudtrail }: World, more: Partial<CreateTrailRequest> = {}) {
  await client(S3).createBucket({ Bucket: 'trails' });
  const Policy = bucketPolicy(['s3:GetBucketAcl', 's3:PutObject']);
  await client(S3).putBucketPolicy({ Bucket: 'trails', Policy });
  await cloudtrail.createTrail({ Name: 'audit', S3BucketName: 'trails', ...more });
  await cloudtrail.startLogging({ Name: 'audit' });
}

async function withRole({ client }: World, service = `arn:aws:iam::${account}:root`) {
  const Principal = service.startsWith('arn:') ? { AWS: service } : { Service: service };
  const { Role } = await client(IAM).createRole({
    RoleName: 'worker',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
    }),
  });
  await client(IAM).putRolePolicy({
    RoleName: 'worker',
    PolicyName: 'all',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
    }),
  });
  return Role;
}

describe('the event history', () => {
  test('has a write in the shape of CloudTrail’s record', async () => {
    const { client, recordOf } = setUp();
    const { Version } = await client(SSM).putParameter({ Name: '/p', Value: 'v', Type: 'String' });

    expect(Version).toBe(1);
    expect(await recordOf('PutParameter')).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'Root',
        principalId: account,
        arn: `arn:aws:iam::${account}:root`,
        accountId: account,
        accessKeyId: account,
      },
      eventTime: '2026-01-01T00:00:00Z',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'PutParameter',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js/'),
      requestParameters: { name: '/p', value: 'HIDDEN_DUE_TO_SECURITY_REASONS', type: 'String' },
      responseElements: { version: 1, tier: 'Standard' },
      requestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    });
  });

  test('has reads too, without what they answered', async () => {
    const { client, recordOf } = setUp();
    await client(EC2).describeVpcs({});

    expect(await recordOf('DescribeVpcs')).toMatchObject({
      eventSource: 'ec2.amazonaws.com',
      readOnly: true,
      requestParameters: null,
      responseElements: null,
    });
  });

  test('has refused calls with their error', async () => {
    const { client, recordOf } = setUp();
    await client(SSM)
      .getParameter({ Name: '/nope' })
      .catch(() => undefined);
    await client(EC2)
      .deleteVpc({ VpcId: 'vpc-00000000' })
      .catch(() => undefined);

    expect(await recordOf('GetParameter')).toMatchObject({ errorCode: 'ParameterNotFound' });
    expect(await recordOf('DeleteVpc')).toMatchObject({
      errorCode: 'Client.InvalidVpcID.NotFound',
      errorMessage: "The vpc ID 'vpc-00000000' does not exist",
    });
  });

  test('names the session of a role and its issuer', async () => {
    const world = setUp();
    const role = await withRole(world);
    const { client, clock } = world;
    const { Credentials: credentials } = await client(STS).assumeRole({
      RoleArn: role?.Arn,
      RoleSessionName: 'night-shift',
    });
    await clock.advance('5m');
    await client(SQS, { credentials }).createQueue({ QueueName: 'orders' });

    expect((await world.recordOf('CreateQueue'))?.['userIdentity']).toEqual({
      type: 'AssumedRole',
      principalId: `${role?.RoleId}:night-shift`,
      arn: `arn:aws:sts::${account}:assumed-role/worker/night-shift`,
      accountId: account,
      accessKeyId: credentials?.AccessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: role?.RoleId,
          arn: role?.Arn,
          accountId: account,
          userName: 'worker',
        },
        attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
      },
    });
  });

  test('never shows a secret', async () => {
    const { client, cloudtrail } = setUp();
    await client(SecretsManager).createSecret({ Name: 's', SecretString: 'hunter2' });
    await client(SecretsManager).getSecretValue({ SecretId: 's' });
    await client(IAM).createUser({ UserName: 'u' });
    const { AccessKey } = await client(IAM).createAccessKey({ UserName: 'u' });
    await client(STS).getSessionToken({});

    const { Events = [] } = await cloudtrail.lookupEvents({});
    const all = Events.map((event) => event.CloudTrailEvent).join('\n');
    expect(all).toContain('CreateSecret');
    expect(all).toContain(AccessKey?.AccessKeyId);
    expect(all).not.toContain('hunter2');
    expect(all).not.toContain(AccessKey?.SecretAccessKey);
  });

  test('has no data events: objects, messages, what functions and logs hold', async () => {
    const { client, cloudtrail } = setUp();
    await client(S3).createBucket({ Bucket: 'bucket' });
    await client(S3).putObject({ Bucket: 'bucket', Key: 'k', Body: 'x' });
    await client(S3).listObjectsV2({ Bucket: 'bucket' });
    const { QueueUrl } = await client(SQS).createQueue({ QueueName: 'q' });
    await client(SQS).sendMessage({ QueueUrl, MessageBody: 'x' });
    await client(SQS).receiveMessage({ QueueUrl });

    const { Events = [] } = await cloudtrail.lookupEvents({});
    expect(Events.map((event) => event.EventName)).toEqual(['CreateQueue', 'CreateBucket']);
  });

  test('is one for each Region, and IAM’s is in us-east-1', async () => {
    const { client, recordOf } = setUp();
    const region = 'eu-west-1';
    await client(SSM, { region }).putParameter({ Name: '/p', Value: 'v', Type: 'String' });
    await client(IAM, { region }).createUser({ UserName: 'u' });

    expect(await recordOf('PutParameter')).toBeUndefined();
    expect(await recordOf('PutParameter', region)).toMatchObject({ awsRegion: region });
    expect(await recordOf('CreateUser')).toMatchObject({ awsRegion: 'us-east-1' });
  });

  test('survives a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dop-labs-trail-'));
    const first = setUp({ folder });
    await first.client(SQS).createQueue({ QueueName: 'kept' });
    await first.emulator.close();

    expect(await setUp({ folder }).recordOf('CreateQueue')).toMatchObject({
      requestParameters: { queueName: 'kept' },
    });
    rmSync(folder, { recursive: true });
  });
});

describe('LookupEvents', () => {
  test.each([
    ['EventName', 'CreateQueue'],
    ['EventSource', 'sqs.amazonaws.com'],
    ['ReadOnly', 'false'],
    ['ResourceType', 'AWS::SQS::Queue'],
    ['ResourceName', `http://127.0.0.1:4566/${account}/orders`],
    ['AccessKeyId', '111111111111'],
  ] as const)('finds by %s', async (AttributeKey, AttributeValue) => {
    const { client } = setUp();
    const as = { accessKeyId: AttributeKey === 'AccessKeyId' ? '111111111111' : account };
    await client(SSM, as)
      .describeParameters({})
      .catch(() => undefined);
    await client(SQS, as).createQueue({ QueueName: 'orders' });
    const cloudtrail = client(CloudTrail, as);

    const { Events = [] } = await cloudtrail.lookupEvents({
      LookupAttributes: [{ AttributeKey, AttributeValue }],
      MaxResults: 1,
    });

    expect(Events).toMatchObject([
      { EventName: 'CreateQueue', ReadOnly: 'false', Username: 'root' },
    ]);
    expect(Events[0]?.Resources).toEqual([
      {
        ResourceType: 'AWS::SQS::Queue',
        ResourceName: `http://127.0.0.1:4566/${as.accessKeyId}/orders`,
      },
    ]);
  });

  test('finds by EventId and Username', async () => {
    const { client, cloudtrail } = setUp();
    await client(SQS).createQueue({ QueueName: 'orders' });
    const { Events: [event] = [] } = await cloudtrail.lookupEvents({});

    for (const [AttributeKey, AttributeValue] of [
      ['EventId', event?.EventId],
      ['Username', event?.Username],
    ] as const) {
      const { Events = [] } = await cloudtrail.lookupEvents({
        LookupAttributes: [{ AttributeKey, AttributeValue }],
      });
      expect(Events.at(-1)).toEqual(event);
    }
  });

  test('goes by time, newest first, and in pages that new events do not shift', async () => {
    const { client, cloudtrail, clock } = setUp();
    for (const QueueName of ['a', 'b', 'c', 'd']) {
      await client(SQS).createQueue({ QueueName });
      await clock.advance('1m');
    }
    const wanted = {
      StartTime: new Date('2026-01-01T00:01:00Z'),
      EndTime: new Date('2026-01-01T00:03:00Z'),
      MaxResults: 2,
    };

    const first = await cloudtrail.lookupEvents(wanted);
    const second = await cloudtrail.lookupEvents({ ...wanted, NextToken: first.NextToken });

    const names = [first, second].map(({ Events = [] }) =>
      Events.map((event) => /"queueName":"(\w)"/.exec(event.CloudTrailEvent ?? '')?.[1]),
    );
    expect(names).toEqual([['d', 'c'], ['b']]);
    expect(second.NextToken).toBeUndefined();
  });

  test('goes back for 90 days', async () => {
    const { client, clock, recordOf } = setUp();
    await client(SQS).createQueue({ QueueName: 'old' });
    await clock.advance('89d');
    expect(await recordOf('CreateQueue')).toBeDefined();
    await clock.advance('2d');

    expect(await recordOf('CreateQueue')).toBeUndefined();
  });

  test.each([
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [{ StartTime: new Date(2), EndTime: new Date(1) }, 'InvalidTimeRangeException'],
    [{ EventCategory: 'insight' as const }, 'InvalidEventCategoryException'],
    [
      {
        LookupAttributes: [
          { AttributeKey: 'EventName' as const, AttributeValue: 'a' },
          { AttributeKey: 'ReadOnly' as const, AttributeValue: 'true' },
        ],
      },
      'InvalidLookupAttributesException',
    ],
  ])('%j is refused (texts unverified)', async (input, name) => {
    await expect(setUp().cloudtrail.lookupEvents(input)).rejects.toMatchObject({ name });
  });
});

describe('a trail', () => {
  test('is shown as it was made, and changed in its home Region only', async () => {
    const world = setUp();
    const { cloudtrail, client } = world;
    await withTrail(world, { IsMultiRegionTrail: true, TagsList: [{ Key: 'a', Value: 'b' }] });
    const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`;
    const elsewhere = client(CloudTrail, { region: 'eu-west-1' });

    expect((await elsewhere.getTrail({ Name: 'audit' })).Trail).toEqual({
      Name: 'audit',
      S3BucketName: 'trails',
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      HomeRegion: 'us-east-1',
      TrailARN: arn,
      LogFileValidationEnabled: false,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
      IsOrganizationTrail: false,
    });
    await expect(elsewhere.stopLogging({ Name: arn })).rejects.toMatchObject({
      name: 'InvalidHomeRegionException',
    });
    await cloudtrail.addTags({ ResourceId: arn, TagsList: [{ Key: 'c', Value: 'd' }] });
    await cloudtrail.removeTags({ ResourceId: arn, TagsList: [{ Key: 'a' }] });
    const { ResourceTagList } = await cloudtrail.listTags({ ResourceIdList: [arn] });
    expect(ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'c', Value: 'd' }] }]);
    const { IsMultiRegionTrail } = await cloudtrail.updateTrail({
      Name: 'audit',
      IsMultiRegionTrail: false,
    });
    expect(IsMultiRegionTrail).toBe(false);
    expect((await elsewhere.describeTrails({})).trailList).toEqual([]);
    expect((await cloudtrail.listTrails({})).Trails).toEqual([
      { TrailARN: arn, Name: 'audit', HomeRegion: 'us-east-1' },
    ]);
    await cloudtrail.deleteTrail({ Name: 'audit' });
    await expect(cloudtrail.getTrail({ Name: 'audit' })).rejects.toMatchObject({
      name: 'TrailNotFoundException',
    });
  });

  test('delivers to its bucket in a file about every five minutes, and then rests', async () => {
    const world = setUp();
    await withTrail(world, { S3KeyPrefix: 'logs' });
    const { client, clock, core } = world;
    await client(SQS).createQueue({ QueueName: 'orders' });
    await clock.advance('5m');

    const { Contents = [] } = await client(S3).listObjectsV2({ Bucket: 'trails' });
    expect(Contents.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(
        /^logs\/AWSLogs\/000000000000\/CloudTrail\/us-east-1\/2026\/01\/01\/000000000000_CloudTrail_us-east-1_20260101T0005Z_[A-Z0-9]{16}\.json\.gz$/,
      ),
    ]);
    const { Body } = await client(S3).getObject({ Bucket: 'trails', Key: Contents[0]?.Key });
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const { Records } = JSON.parse(gunzipSync(bytes).toString()) as { Records: Shown[] };
    expect(Records.map(({ eventName }) => eventName)).toEqual(['StartLogging', 'CreateQueue']);
    const status = await world.cloudtrail.getTrailStatus({ Name: 'audit' });
    expect(status).toMatchObject({
      IsLogging: true,
      LatestDeliveryTime: new Date('2026-01-01T00:05:00Z'),
      TimeLoggingStarted: '2026-01-01T00:00:00Z',
    });
    // The look at the status is one more event.
    await clock.advance('5m');
    expect(core.clock.nextDue()).toBeUndefined();
  });

  test('says in its status why it cannot deliver', async () => {
    const world = setUp();
    const { client, clock, cloudtrail } = world;
    await withTrail(world);
    await client(S3).putBucketPolicy({
      Bucket: 'trails',
      Policy: bucketPolicy(['s3:GetBucketAcl']),
    });
    await clock.advance('5m');

    expect(await cloudtrail.getTrailStatus({ Name: 'audit' })).toMatchObject({
      LatestDeliveryError: 'AccessDenied',
    });
  });

  test('delivers to its log group as its role', async () => {
    const world = setUp();
    const role = await withRole(world, 'cloudtrail.amazonaws.com');
    const { client, clock } = world;
    const logs = client(CloudWatchLogs);
    await logs.createLogGroup({ logGroupName: 'audit' });
    await withTrail(world, {
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:audit:*`,
      CloudWatchLogsRoleArn: role?.Arn,
    });
    await client(SQS).createQueue({ QueueName: 'orders' });
    await clock.advance('5m');

    const { events = [] } = await logs.getLogEvents({
      logGroupName: 'audit',
      logStreamName: `${account}_CloudTrail_us-east-1`,
    });
    const names = events.map(({ message = '{}' }) => (JSON.parse(message) as Shown).eventName);
    expect(names).toContain('CreateQueue');
  });

  test('selects by reads, writes and source', async () => {
    const world = setUp();
    const { client, clock, cloudtrail } = world;
    await withTrail(world);
    await clock.advance('5m');
    const { EventSelectors } = await cloudtrail.putEventSelectors({
      TrailName: 'audit',
      EventSelectors: [
        {
          ReadWriteType: 'WriteOnly',
          ExcludeManagementEventSources: ['sqs.amazonaws.com', 'cloudtrail.amazonaws.com'],
        },
      ],
    });
    await clock.advance('5m');
    await client(SQS).createQueue({ QueueName: 'orders' });
    await client(SSM).describeParameters({});
    await client(SSM).putParameter({ Name: '/p', Value: 'v', Type: 'String' });
    await clock.advance('5m');

    expect(await cloudtrail.getEventSelectors({ TrailName: 'audit' })).toMatchObject({
      EventSelectors,
    });
    const { Contents = [] } = await client(S3).listObjectsV2({ Bucket: 'trails' });
    const { Body } = await client(S3).getObject({ Bucket: 'trails', Key: Contents.at(-1)?.Key });
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const { Records } = JSON.parse(gunzipSync(bytes).toString()) as { Records: Shown[] };
    expect(Records.map(({ eventName }) => eventName)).toEqual(['PutParameter']);
  });

  test('puts writes on the default bus while it logs, and nothing else', async () => {
    const world = setUp();
    const { client, clock, cloudtrail } = world;
    const { QueueUrl } = await client(SQS).createQueue({ QueueName: 'heard' });
    await client(SQS).setQueueAttributes({
      QueueUrl,
      Attributes: {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: '*',
          },
        }),
      },
    });
    const events = client(EventBridge);
    const EventPattern = JSON.stringify({
      'detail-type': ['AWS API Call via CloudTrail'],
      source: ['aws.ssm'],
    });
    await events.putRule({ Name: 'calls', EventPattern });
    const Arn = `arn:aws:sqs:us-east-1:${account}:heard`;
    await events.putTargets({ Rule: 'calls', Targets: [{ Id: 'q', Arn }] });
    const ssm = client(SSM);
    const put = (Name: string) => ssm.putParameter({ Name, Value: 'v', Type: 'String' });

    await put('/before');
    await withTrail(world);
    await put('/logged');
    await ssm.describeParameters({});
    await clock.settle();
    await cloudtrail.stopLogging({ Name: 'audit' });
    await put('/after');
    await clock.settle();

    const { Messages = [] } = await client(SQS).receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    const bodies = Messages.map(({ Body = '{}' }) => JSON.parse(Body) as Record<string, unknown>);
    expect(bodies).toMatchObject([
      {
        source: 'aws.ssm',
        'detail-type': 'AWS API Call via CloudTrail',
        detail: { eventName: 'PutParameter', requestParameters: { name: '/logged' } },
      },
    ]);
  });

  test.each([
    {
      input: { Name: 'a b c' },
      name: 'InvalidTrailNameException',
      message:
        'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
      source: 'moto cloudtrail/exceptions.py',
    },
    {
      input: { Name: '-abc' },
      name: 'InvalidTrailNameException',
      message: 'Trail name must starts with a letter or number.',
      source: 'moto cloudtrail/exceptions.py',
    },
    {
      input: { S3BucketName: 'nope' },
      name: 'S3BucketDoesNotExistException',
      message: 'S3 bucket nope does not exist!',
      source: 'moto cloudtrail/models.py',
    },
    {
      input: { SnsTopicName: 'nope' },
      name: 'InsufficientSnsTopicPolicyException',
      message: 'SNS Topic does not exist or the topic policy is incorrect!',
      source: 'moto cloudtrail/models.py',
    },
    {
      input: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
      name: 'InvalidParameterCombinationException',
      message: 'Multi-Region trail must include global service events.',
      source: 'moto test_cloudtrail.py',
    },
    {
      input: {
        CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:nope:*',
      },
      name: 'InvalidParameterCombinationException',
      message: 'You must specify a role ARN as well as a log group.',
      source: 'unverified',
    },
    {
      input: { IsOrganizationTrail: true },
      name: 'NotEmulated',
      message: 'cloudtrail organization trails are not emulated',
      source: 'ours',
    },
  ])('is refused with $message ($source)', async ({ input, name, message }) => {
    const world = setUp();
    await withTrail(world);

    await expect(
      world.cloudtrail.createTrail({ Name: 'other', S3BucketName: 'trails', ...input }),
    ).rejects.toMatchObject({ name, message });
  });

  test('data events and advanced selectors are refused by name (texts unverified: they are ours)', async () => {
    const world = setUp();
    await withTrail(world);
    const put = (input: object) =>
      world.cloudtrail.putEventSelectors({ TrailName: 'audit', ...input });

    await expect(
      put({ EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object' }] }] }),
    ).rejects.toThrow('cloudtrail data events are not emulated');
    await expect(
      put({ AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory' }] }] }),
    ).rejects.toThrow('cloudtrail advanced event selectors are not emulated');
    await expect(put({ EventSelectors: [] })).rejects.toMatchObject({
      name: 'InvalidEventSelectorsException',
    });
  });

  test('of a template without insights is made without a call to set any', async () => {
    const world = setUp();
    await withTrail(world);
    const { client, clock, cloudtrail, recordOf } = world;
    const Properties = { TrailName: 'own', S3BucketName: 'trails', IsLogging: true };
    const TemplateBody = JSON.stringify({
      Resources: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties } },
    });

    await client(CloudFormation).createStack({ StackName: 'audits', TemplateBody });
    await clock.advance('5m');

    expect((await cloudtrail.getTrailStatus({ Name: 'own' })).IsLogging).toBe(true);
    expect(await recordOf('PutInsightSelectors')).toBeUndefined();
  });

  test('says which insights it is to look for, until it is to look for none', async () => {
    const world = setUp();
    await withTrail(world);
    const { cloudtrail } = world;
    const InsightSelectors = [
      { InsightType: 'ApiCallRateInsight' as const },
      { InsightType: 'ApiErrorRateInsight' as const },
    ];
    await cloudtrail.putInsightSelectors({ TrailName: 'audit', InsightSelectors });

    await expect(cloudtrail.getInsightSelectors({ TrailName: 'audit' })).resolves.toMatchObject({
      TrailARN: `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`,
      InsightSelectors,
    });
    expect((await cloudtrail.getTrail({ Name: 'audit' })).Trail?.HasInsightSelectors).toBe(true);
    await cloudtrail.putInsightSelectors({ TrailName: 'audit', InsightSelectors: [] });
    await expect(cloudtrail.getInsightSelectors({ TrailName: 'audit' })).rejects.toMatchObject({
      name: 'InsightNotEnabledException',
    });
  });

  test('finds insights only in what it logs', async () => {
    const world = setUp();
    await withTrail(world);
    const { cloudtrail } = world;
    await cloudtrail.putEventSelectors({
      TrailName: 'audit',
      EventSelectors: [{ ReadWriteType: 'ReadOnly' }],
    });
    const put = (InsightSelectors: InsightSelector[]) =>
      cloudtrail.putInsightSelectors({ TrailName: 'audit', InsightSelectors });
    const refusal = { name: 'InvalidInsightSelectorsException' };

    await expect(put([{ InsightType: 'ApiCallRateInsight' }])).rejects.toMatchObject(refusal);
    await expect(
      put([{ InsightType: 'ApiErrorRateInsight', EventCategories: ['Data'] }]),
    ).rejects.toMatchObject(refusal);
    await expect(put([{ InsightType: 'ApiErrorRateInsight' }])).resolves.toBeDefined();
    expect((await cloudtrail.getTrail({ Name: 'audit' })).Trail).toMatchObject({
      HasCustomEventSelectors: true,
    });
  });
});

test('CloudTrail Lake is refused by name (text unverified: it is ours)', async () => {
  await expect(setUp().cloudtrail.createEventDataStore({ Name: 'lake' })).rejects.toThrow(
    'cloudtrail.CreateEventDataStore is not emulated',
  );
});
