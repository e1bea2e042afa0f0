import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM, type CreateOpsItemRequest, type OpsItemFilter } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';
import { trustOf } from '../../../test/support/functions';

const item = { Title: 'Disk full', Description: 'It is full.', Source: 'ops' };
const dedup = (text: string) => ({
  '/aws/dedup': { Type: 'SearchableString' as const, Value: `{"dedupString":"${text}"}` },
});
const on = (arn: string) => ({
  '/aws/resources': { Type: 'SearchableString' as const, Value: JSON.stringify([{ arn }]) },
});

function account() {
  const { client, clock } = emulated();
  const ssm = client(SSM);
  async function open(more: Partial<CreateOpsItemRequest> = {}): Promise<string> {
    const { OpsItemId = '' } = await ssm.createOpsItem({ ...item, ...more });
    return OpsItemId;
  }
  const list = async (...OpsItemFilters: OpsItemFilter[]) =>
    ((await ssm.describeOpsItems({ OpsItemFilters })).OpsItemSummaries ?? []).map(
      ({ OpsItemId }) => OpsItemId,
    );
  return { client, clock, ssm, open, list };
}

test('A new OpsItem is open and shows what it was given', async () => {
  const { ssm, clock } = account();
  const { OpsItemId, OpsItemArn } = await ssm.createOpsItem({
    ...item,
    Priority: 2,
    Severity: '1',
    Category: 'Availability',
    OperationalData: { log: { Type: 'String', Value: 'secret' } },
  });

  expect(OpsItemId).toMatch(/^oi-[0-9a-f]{12}$/);
  expect(OpsItemArn).toBe(`arn:aws:ssm:us-east-1:000000000000:opsitem/${OpsItemId}`);
  const { OpsItem } = await ssm.getOpsItem({ OpsItemId });
  expect(OpsItem).toEqual({
    ...item,
    OpsItemId,
    OpsItemArn,
    OpsItemType: '/aws/issue',
    Status: 'Open',
    Priority: 2,
    Severity: '1',
    Category: 'Availability',
    OperationalData: { log: { Type: 'String', Value: 'secret' } },
    Notifications: [],
    RelatedOpsItems: [],
    Version: '1',
    CreatedBy: 'arn:aws:iam::000000000000:root',
    CreatedTime: clock.now(),
    LastModifiedBy: 'arn:aws:iam::000000000000:root',
    LastModifiedTime: clock.now(),
  });
});

test('UpdateOpsItem changes what it names and who changed it last', async () => {
  const { ssm, open, clock } = account();
  const OpsItemId = await open({ OperationalData: { a: { Type: 'String', Value: '1' } } });
  await clock.advance('5m');

  await ssm.updateOpsItem({
    OpsItemId,
    Status: 'Resolved',
    Priority: 5,
    OperationalData: { b: { Type: 'String', Value: '2' } },
    OperationalDataToDelete: ['a'],
  });

  expect((await ssm.getOpsItem({ OpsItemId })).OpsItem).toMatchObject({
    ...item,
    Status: 'Resolved',
    Priority: 5,
    OperationalData: { b: { Type: 'String', Value: '2' } },
    CreatedTime: new Date('2026-01-01T00:00:00Z'),
    LastModifiedTime: new Date('2026-01-01T00:05:00Z'),
  });
});

test('The double of an OpsItem is refused while the first is not resolved', async () => {
  const { ssm, open } = account();
  const first = await open({ OperationalData: { ...dedup('disk'), ...on('arn:aws:s3:::a') } });

  await open({ OperationalData: { ...dedup('disk'), ...on('arn:aws:s3:::b') } });
  await open({ OperationalData: dedup('other') });
  await open();
  await open();
  await expect(
    open({ OperationalData: { ...dedup('disk'), ...on('arn:aws:s3:::a') } }),
  ).rejects.toMatchObject({ name: 'OpsItemAlreadyExistsException', OpsItemId: first });

  await ssm.updateOpsItem({ OpsItemId: first, Status: 'Resolved' });
  const next = await open({ OperationalData: { ...dedup('disk'), ...on('arn:aws:s3:::a') } });
  expect(next).not.toBe(first);
});

test('DeleteOpsItem may be repeated; what is gone is not found', async () => {
  const { ssm, open, list } = account();
  const OpsItemId = await open();

  await ssm.deleteOpsItem({ OpsItemId });
  await ssm.deleteOpsItem({ OpsItemId });

  await expect(list()).resolves.toEqual([]);
  await expect(ssm.getOpsItem({ OpsItemId })).rejects.toMatchObject({
    name: 'OpsItemNotFoundException',
  });
});

test.each<[string, OpsItemFilter]>([
  ['Status', { Key: 'Status', Values: ['Open', 'InProgress'], Operator: 'Equal' }],
  ['part of a title', { Key: 'Title', Values: ['FULL'], Operator: 'Contains' }],
  ['a resource', { Key: 'ResourceId', Values: ['s3:::a'], Operator: 'Contains' }],
  ['a key', { Key: 'OperationalDataKey', Values: ['disk'], Operator: 'Equal' }],
  [
    'a key and its value',
    {
      Key: 'OperationalData',
      Values: ['{"value": "sda", "key": "disk"}'],
      Operator: 'Equal',
    },
  ],
  ['time', { Key: 'CreatedTime', Values: ['2026-01-01T00:00:30Z'], Operator: 'GreaterThan' }],
])('DescribeOpsItems filters by %s', async (_what, filter) => {
  const { ssm, open, list, clock } = account();
  const other = await open({
    Title: 'Slow',
    OperationalData: { disk2: { Type: 'SearchableString', Value: 'sda' } },
  });
  await ssm.updateOpsItem({ OpsItemId: other, Status: 'Resolved' });
  await clock.advance('1m');
  const disk = { Type: 'SearchableString' as const, Value: 'sda' };
  const wanted = await open({ OperationalData: { disk, ...on('arn:aws:s3:::a') } });

  await expect(list(filter)).resolves.toEqual([wanted]);
  await expect(list()).resolves.toEqual([wanted, other]);
});

test('DescribeOpsItems shows searchable data only, newest first, page by page', async () => {
  const { ssm, open } = account();
  await open();
  await open({
    OperationalData: {
      seen: { Type: 'SearchableString', Value: 'yes' },
      hidden: { Type: 'String', Value: 'no' },
    },
  });

  const { OpsItemSummaries, NextToken } = await ssm.describeOpsItems({ MaxResults: 1 });
  expect(OpsItemSummaries?.[0]?.OperationalData).toEqual({
    seen: { Type: 'SearchableString', Value: 'yes' },
  });
  const second = await ssm.describeOpsItems({ MaxResults: 1, NextToken });
  expect(second.OpsItemSummaries).toHaveLength(1);
  expect(second.NextToken).toBeUndefined();
});

test.each<[string, Partial<CreateOpsItemRequest>, string]>([
  [
    'an empty title',
    { Title: ' ' },
    "ValidationException: 1 validation error detected: Value ' ' at 'title'",
  ],
  ['a priority of 6', { Priority: 6 }, 'OpsItemInvalidParameterException: Priority'],
  [
    'data under a key of AWS',
    { OperationalData: { '/aws/mine': { Type: 'String', Value: '' } } },
    'OpsItemInvalidParameterException: The operational data key /aws/mine begins with a reserved prefix.',
  ],
  [
    'the type of a change request',
    { OpsItemType: '/aws/changerequest' },
    'OpsItemInvalidParameterException: ssm OpsItems of type /aws/changerequest are not emulated',
  ],
])('An OpsItem with %s is refused (text unverified)', async (_what, more, message) => {
  const { open } = account();
  const refused = await open(more).catch(String);
  expect(refused).toContain(message);
});

test.each([
  ['a status of change requests', { Status: 'Approved' as const }, 'Approved is not valid'],
  ['another deduplication string', { OperationalData: dedup('new') }, 'cannot be changed'],
])('Changing an OpsItem to %s is refused (text unverified)', async (_what, more, message) => {
  const { ssm, open } = account();
  const OpsItemId = await open();
  await expect(ssm.updateOpsItem({ OpsItemId, ...more })).rejects.toMatchObject({
    name: 'OpsItemInvalidParameterException',
    message: expect.stringContaining(message) as unknown,
  });
});

test('A filter with an operator that its key does not take is refused', async () => {
  const { list } = account();
  await expect(list({ Key: 'Status', Values: ['Op'], Operator: 'Contains' })).rejects.toMatchObject(
    { name: 'OpsItemInvalidParameterException' },
  );
});

test('OpsItems bear tags', async () => {
  const { ssm, open } = account();
  const ResourceId = await open({ Tags: [{ Key: 'team', Value: 'ops' }] });
  const of = { ResourceType: 'OpsItem' as const, ResourceId };

  await ssm.addTagsToResource({ ...of, Tags: [{ Key: 'cost', Value: '1' }] });

  expect((await ssm.listTagsForResource(of)).TagList).toEqual([
    { Key: 'team', Value: 'ops' },
    { Key: 'cost', Value: '1' },
  ]);
});

/** A queue that hears of what a pattern matches, and what it has heard. */
async function heard(client: ReturnType<typeof account>['client'], pattern: object) {
  const [events, sqs] = [client(EventBridge), client(SQS)];
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'heard',
    Attributes: {
      Policy: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
      }),
    },
  });
  await events.putRule({ Name: 'hear', EventPattern: JSON.stringify(pattern) });
  await events.putTargets({
    Rule: 'hear',
    Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:heard' }],
  });
  return async () => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
  };
}

test('OpsCenter tells the event bus of new and changed OpsItems', async () => {
  const { client, clock, ssm, open } = account();
  const messages = await heard(client, {
    source: ['aws.ssm'],
    'detail-type': ['OpsItem Create', 'OpsItem Update'],
  });
  const OpsItemId = await open();
  await ssm.updateOpsItem({ OpsItemId, Status: 'InProgress' });
  await clock.settle();

  const root = 'arn:aws:iam::000000000000:root';
  const detail = {
    'created-by': root,
    'created-time': '2026-01-01T00:00:00.000Z',
    source: 'ops',
    'ops-item-id': OpsItemId,
    title: 'Disk full',
    'ops-item-type': '/aws/issue',
    description: 'It is full.',
  };
  const found = await messages();
  expect(found).toHaveLength(2);
  expect(found).toContainEqual(
    expect.objectContaining({
      'detail-type': 'OpsItem Create',
      resources: [`arn:aws:ssm:us-east-1:000000000000:opsitem/${OpsItemId}`],
      detail: { ...detail, status: 'Open' },
    }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({
      'detail-type': 'OpsItem Update',
      detail: {
        ...detail,
        status: 'InProgress',
        'modified-by': root,
        'modified-time': '2026-01-01T00:00:00.000Z',
      },
    }),
  );
});

test('An automation that failed is told in the shape that the labs match', async () => {
  const { client, clock, ssm } = account();
  const messages = await heard(client, {
    source: ['aws.ssm'],
    'detail-type': ['EC2 Automation Execution Status-change Notification'],
    detail: { Status: ['Failed'] },
  });
  const mainSteps = [
    { name: 'wait', action: 'aws:sleep', inputs: { Duration: 'PT5S' } },
    {
      name: 'look',
      action: 'aws:executeAwsApi',
      inputs: { Service: 'ssm', Api: 'GetParameter', Name: '/nope' },
    },
  ];
  await ssm.createDocument({
    Name: 'Broken',
    DocumentType: 'Automation',
    Content: JSON.stringify({ schemaVersion: '0.3', mainSteps }),
  });
  const { AutomationExecutionId: id } = await ssm.startAutomationExecution({
    DocumentName: 'Broken',
  });
  await clock.advance('5s');

  const ssmArn = 'arn:aws:ssm:us-east-1:000000000000';
  expect(await messages()).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'detail-type': 'EC2 Automation Execution Status-change Notification',
      source: 'aws.ssm',
      account: '000000000000',
      time: '2026-01-01T00:00:05Z',
      region: 'us-east-1',
      resources: [
        `${ssmArn}:automation-execution/${id}`,
        `${ssmArn}:automation-definition/Broken:1`,
      ],
      detail: {
        ExecutionId: id,
        Definition: 'Broken',
        DefinitionVersion: 1,
        Status: 'Failed',
        StartTime: 'Jan 1, 2026 12:00:00 AM',
        EndTime: 'Jan 1, 2026 12:00:05 AM',
        Time: 5000,
        ExecutedBy: 'arn:aws:iam::000000000000:root',
      },
    },
  ]);
});

test('A failed automation opens an OpsItem through a rule with OpsCenter as its target', async () => {
  const { client, clock, ssm } = account();
  const [events, iam] = [client(EventBridge), client(IAM)];
  const RoleName = 'opener';
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustOf('events.amazonaws.com') });
  await iam.putRolePolicy({
    RoleName,
    PolicyName: 'open',
    PolicyDocument:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:CreateOpsItem","Resource":"*"}]}',
  });
  await events.putRule({
    Name: 'failures',
    EventPattern: JSON.stringify({
      source: ['aws.ssm'],
      'detail-type': ['EC2 Automation Execution Status-change Notification'],
      detail: { Definition: ['Broken'], Status: ['Failed'] },
    }),
  });
  await events.putTargets({
    Rule: 'failures',
    Targets: [
      {
        Id: 'center',
        Arn: 'arn:aws:ssm:us-east-1:000000000000:opsitem',
        RoleArn: `arn:aws:iam::000000000000:role/${RoleName}`,
      },
    ],
  });
  const wrong = { Service: 'ssm', Api: 'GetParameter', Name: '/nope' };
  const mainSteps = [{ name: 'look', action: 'aws:executeAwsApi', inputs: wrong }];
  await ssm.createDocument({
    Name: 'Broken',
    DocumentType: 'Automation',
    Content: JSON.stringify({ schemaVersion: '0.3', mainSteps }),
  });

  const { AutomationExecutionId } = await ssm.startAutomationExecution({ DocumentName: 'Broken' });
  await clock.settle();

  const { OpsItemSummaries = [] } = await ssm.describeOpsItems({});
  const [opened] = OpsItemSummaries;
  expect(OpsItemSummaries).toHaveLength(1);
  expect(opened).toMatchObject({
    Title: 'EC2 Automation Execution Status-change Notification',
    Source: 'aws.ssm',
    Status: 'Open',
  });
  expect(opened?.CreatedBy).toContain('arn:aws:sts::000000000000:assumed-role/opener/');
  expect(opened?.OperationalData?.['/aws/resources']?.Value).toContain(AutomationExecutionId);
});
