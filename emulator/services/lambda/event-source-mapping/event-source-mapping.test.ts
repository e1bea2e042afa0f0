import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { messagesOf } from '../../../../test/support/functions';
import { mapped } from '../../../../test/support/mapped';

const reporting = { FunctionResponseTypes: ['ReportBatchItemFailures' as const] };

/** Reports the messages whose bodies are listed. */
const failing = (...bodies: string[]) => `return { batchItemFailures: records
  .filter(({ body }) => ${JSON.stringify(bodies)}.includes(body))
  .map(({ messageId }) => ({ itemIdentifier: messageId })) };`;

describe('a mapping', () => {
  test('is created, enabled, changed, disabled and deleted', async () => {
    const { lambda, UUID, clock, sourceArn } = await mapped();
    const state = async () => (await lambda.getEventSourceMapping({ UUID })).State;

    await expect(lambda.getEventSourceMapping({ UUID })).resolves.toMatchObject({
      UUID,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
      EventSourceArn: sourceArn,
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      State: 'Enabled',
      StateTransitionReason: 'USER_INITIATED',
    });
    const updated = await lambda.updateEventSourceMapping({ UUID, BatchSize: 5 });
    expect([updated.State, updated.BatchSize]).toEqual(['Updating', 5]);
    await clock.settle();
    expect(await state()).toBe('Enabled');
    expect((await lambda.updateEventSourceMapping({ UUID, Enabled: false })).State).toBe(
      'Disabling',
    );
    await clock.settle();
    expect(await state()).toBe('Disabled');
    expect((await lambda.deleteEventSourceMapping({ UUID })).State).toBe('Deleting');
    await expect(lambda.getEventSourceMapping({ UUID })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('fetches nothing while it is disabled, and what waits once it is enabled', async () => {
    const { lambda, UUID, clock, send, batches, held } = await mapped({
      mapping: { Enabled: false },
    });
    await send('early');
    expect(await held()).toEqual([1, 0]);
    expect((await lambda.updateEventSourceMapping({ UUID, Enabled: true })).State).toBe('Enabling');
    await clock.settle();

    expect(await batches()).toEqual([['early']]);
    expect(await held()).toEqual([0, 0]);
  });

  test('is listed by function and by queue', async () => {
    const { lambda, UUID, sourceArn } = await mapped();
    const ids = async (input: object) => {
      const { EventSourceMappings = [] } = await lambda.listEventSourceMappings(input);
      return EventSourceMappings.map((one) => one.UUID);
    };

    expect(await ids({ FunctionName: 'orders' })).toEqual([UUID]);
    expect(await ids({ EventSourceArn: sourceArn })).toEqual([UUID]);
    expect(await ids({ EventSourceArn: `${sourceArn}-other` })).toEqual([]);
  });
});

describe('FACTS C3.2: what a mapping may be', () => {
  const tooLarge =
    'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10';

  test.each([
    ['batches over 10 without a window', { BatchSize: 11 }, tooLarge],
    [
      'batches over 10,000',
      { BatchSize: 10_001, MaximumBatchingWindowInSeconds: 1 },
      "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'a window over 300 seconds',
      { MaximumBatchingWindowInSeconds: 301 },
      "1 validation error detected: Value '301' at 'maximumBatchingWindowInSeconds' failed to satisfy constraint: Member must have value less than or equal to 300",
    ],
    [
      'a concurrency of 1',
      { ScalingConfig: { MaximumConcurrency: 1 } },
      "1 validation error detected: Value '1' at 'scalingConfig.maximumConcurrency' failed to satisfy constraint: Member must have value greater than or equal to 2",
    ],
    [
      'retries, which only streams have',
      { MaximumRetryAttempts: 2 },
      'Unsupported MaximumRetryAttempts parameter for given event source mapping type.',
    ],
    [
      'bisecting, which only streams have',
      { BisectBatchOnFunctionError: true },
      'Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.',
    ],
    [
      'destinations, which only streams have',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:0:x' } } },
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
    [
      'a response type that is none',
      { FunctionResponseTypes: ['ReportAll' as 'ReportBatchItemFailures'] },
      "1 validation error detected: Value '[ReportAll]' at 'functionResponseTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]",
    ],
    [
      'a filter that is no pattern',
      { FilterCriteria: { Filters: [{ Pattern: '"simple string"' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'a stream as source',
      { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks' },
      'Event source mappings of Kinesis streams are not emulated.',
    ],
    [
      'a queue that is not there',
      { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:nope' },
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
  ])('%s: refused', async (_name, more, message) => {
    const { lambda, UUID, map } = await mapped({ mapping: { Enabled: false } });
    await lambda.deleteEventSourceMapping({ UUID });

    await expect(map(more)).rejects.toMatchObject({ message });
  });

  test('a function whose name has one letter is mapped as any other', async () => {
    const { create, lambda, sqs } = await mapped();
    await sqs.createQueue({ QueueName: 'others' });
    await create('exports.handler = async () => {};', { FunctionName: 'f' });

    await expect(
      lambda.createEventSourceMapping({
        FunctionName: 'f',
        EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:others',
      }),
    ).resolves.toMatchObject({ State: 'Creating' });
  });

  test('FIFO batches over 10 and windows: refused (texts unverified)', async () => {
    const { lambda, UUID, map } = await mapped({
      queue: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      mapping: { Enabled: false },
    });
    await lambda.deleteEventSourceMapping({ UUID });

    await expect(map({ BatchSize: 11 })).rejects.toMatchObject({
      message: 'BatchSize must not be greater than 10 for FIFO queues',
    });
    await expect(map({ MaximumBatchingWindowInSeconds: 1 })).rejects.toMatchObject({
      message: 'Batching window is not supported for FIFO queues',
    });
  });

  test('the same queue and function twice: refused', async () => {
    const { map } = await mapped();

    await expect(map()).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
  });

  test('a function timeout above the visibility timeout: refused, at creation and at change (https://github.com/winglang/wing/issues/1507)', async () => {
    const { lambda, sqs, QueueUrl, UUID, map } = await mapped({ settings: { Timeout: 20 } });
    const refusal = {
      name: 'InvalidParameterValueException',
      message: 'Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds',
    };
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { VisibilityTimeout: '10' } });
    await expect(lambda.updateEventSourceMapping({ UUID, BatchSize: 5 })).rejects.toMatchObject(
      refusal,
    );
    await lambda.deleteEventSourceMapping({ UUID });
    await expect(map()).rejects.toMatchObject(refusal);
  });

  test.each([
    ['sqs:ReceiveMessage', 'ReceiveMessage'],
    ['sqs:DeleteMessage', 'DeleteMessage'],
    ['sqs:GetQueueAttributes', 'GetQueueAttributes'],
  ])('a role that may not %s: refused (text unverified)', async (denied, action) => {
    const { lambda, client, UUID, map } = await mapped({ mapping: { Enabled: false } });
    await lambda.deleteEventSourceMapping({ UUID });
    await client(IAM).putRolePolicy({
      RoleName: 'worker',
      PolicyName: 'not',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: denied, Resource: '*' },
      }),
    });

    await expect(map()).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `The function execution role does not have permissions to call ${action} on SQS`,
    });
  });
});

describe('FACTS C3.2: a batch', () => {
  test('that the function takes is deleted', async () => {
    const { sendTogether, batches, held } = await mapped();
    await sendTogether('a', 'b', 'c');

    expect(await batches()).toEqual([['a', 'b', 'c']]);
    expect(await held()).toEqual([0, 0]);
  });

  test('that the function fails at comes back as a whole after the visibility timeout', async () => {
    const { sendTogether, batches, held, clock } = await mapped({
      handle: "if (records[0].attributes.ApproximateReceiveCount === '1') throw new Error('no');",
    });
    await sendTogether('a', 'b');
    expect(await held()).toEqual([0, 2]);
    await clock.advance('29s');
    expect(await batches()).toHaveLength(1);
    await clock.advance('1s');

    expect(await batches()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(await held()).toEqual([0, 0]);
  });

  test('that meets a throttled function comes back after the visibility timeout', async () => {
    const { lambda, sendTogether, batches, held, clock } = await mapped();
    await lambda.putFunctionConcurrency({
      FunctionName: 'orders',
      ReservedConcurrentExecutions: 0,
    });
    await sendTogether('a');
    expect(await held()).toEqual([0, 1]);
    await lambda.deleteFunctionConcurrency({ FunctionName: 'orders' });
    await clock.advance('30s');

    expect(await batches()).toEqual([['a']]);
    expect(await held()).toEqual([0, 0]);
  });

  test('that reports failures without the setting is deleted all the same', async () => {
    const { sendTogether, held } = await mapped({ handle: failing('b') });
    await sendTogether('a', 'b');

    expect(await held()).toEqual([0, 0]);
  });

  test('with reported failures keeps those and no other', async () => {
    const { sendTogether, batches, held, clock } = await mapped({
      handle: failing('b'),
      mapping: reporting,
    });
    await sendTogether('a', 'b', 'c');
    expect(await held()).toEqual([0, 1]);
    await clock.advance('30s');

    expect(await batches()).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test.each([
    ['an empty list', 'return { batchItemFailures: [] };', 0],
    ['null for a list', 'return { batchItemFailures: null };', 0],
    ['an empty object', 'return {};', 0],
    ['nothing', 'return null;', 0],
    ['another key for the list', 'return { failures: [records[0].messageId] };', 0],
    ['no JSON object', "return 'oops';", 2],
    ['an empty identifier', "return { batchItemFailures: [{ itemIdentifier: '' }] };", 2],
    ['null for an identifier', 'return { batchItemFailures: [{ itemIdentifier: null }] };', 2],
    [
      'another key for an identifier',
      'return { batchItemFailures: [{ id: records[0].messageId }] };',
      2,
    ],
    ['an id that is not in it', "return { batchItemFailures: [{ itemIdentifier: 'x' }] };", 2],
    ['an error', "throw new Error('no');", 2],
  ])('answered with %s: %#', async (_name, handle, left) => {
    const { sendTogether, held } = await mapped({ handle, mapping: reporting });
    await sendTogether('a', 'b');

    expect(await held()).toEqual([0, left]);
  });

  test('that keeps failing goes to the dead-letter queue by the queue’s own policy', async () => {
    const { sqs, QueueUrl, sendTogether, batches, held, clock } = await mapped({
      handle: failing('poison'),
      mapping: reporting,
    });
    const { QueueUrl: dead = '' } = await sqs.createQueue({ QueueName: 'dead' });
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      maxReceiveCount: 2,
    });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } });
    await sendTogether('good', 'poison');
    await clock.advance('5m');

    expect(await batches()).toEqual([['good', 'poison'], ['poison']]);
    expect(await held()).toEqual([0, 0]);
    await expect(sqs.receiveMessage({ QueueUrl: dead })).resolves.toMatchObject({
      Messages: [{ Body: 'poison' }],
    });
  });

  test('of a FIFO queue: after a failure that and all behind it come again, in order', async () => {
    const { sendTogether, batches, held, clock } = await mapped({
      queue: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      mapping: reporting,
      handle: `
        const first = records.findIndex(({ body, attributes }) =>
          body === 'a2' && attributes.ApproximateReceiveCount === '1');
        return { batchItemFailures: first < 0 ? [] : records.slice(first)
          .map(({ messageId }) => ({ itemIdentifier: messageId })) };`,
    });
    await sendTogether('a1', 'a2', 'a3');
    expect(await held()).toEqual([0, 2]);
    await clock.advance('30s');

    expect(await batches()).toEqual([
      ['a1', 'a2', 'a3'],
      ['a2', 'a3'],
    ]);
    expect(await held()).toEqual([0, 0]);
  });
});

test('FACTS C3.2: a batching window gathers until it is over or the batch is full', async () => {
  const { send, batches, held, clock } = await mapped({
    mapping: { BatchSize: 3, MaximumBatchingWindowInSeconds: 10 },
  });
  await send('a', 'b');
  await clock.advance('9s');
  expect(await batches()).toEqual([]);
  expect(await held()).toEqual([0, 2]);
  await clock.advance('1s');
  expect(await batches()).toEqual([['a', 'b']]);
  await send('c', 'd', 'e');

  expect(await batches()).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});

test('FACTS C3.2: filtered-out messages are deleted and never seen', async () => {
  const { sendTogether, batches, held } = await mapped({
    mapping: {
      FilterCriteria: {
        Filters: [
          { Pattern: '{"body":{"kind":["order"],"total":[{"numeric":[">",10]}]}}' },
          { Pattern: '{"body":["plain"]}' },
        ],
      },
    },
  });
  await sendTogether('{"kind":"order","total":11}', '{"kind":"order","total":9}', 'plain', 'other');

  expect(await batches()).toEqual([['{"kind":"order","total":11}', 'plain']]);
  expect(await held()).toEqual([0, 0]);
});

test('FACTS C3.2: the record of a message has all its parts, attributes as text', async () => {
  const { sqs, QueueUrl, sourceArn, clock, client } = await mapped({
    handle: "process.stdout.write('RECORD ' + JSON.stringify(records[0]) + '\\n');",
  });
  const { MessageId } = await sqs.sendMessage({
    QueueUrl,
    MessageBody: 'hello',
    MessageAttributes: { weight: { DataType: 'Number', StringValue: '3' } },
  });
  await clock.settle();
  const logged = await messagesOf(client(CloudWatchLogs));
  const record = logged.find((message) => message.startsWith('RECORD ')) ?? '';

  expect(JSON.parse(record.slice(7))).toEqual({
    messageId: MessageId,
    receiptHandle: expect.any(String),
    body: 'hello',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1767225600000',
      SenderId: '000000000000',
      ApproximateFirstReceiveTimestamp: '1767225600000',
    },
    messageAttributes: {
      weight: { stringValue: '3', stringListValues: [], binaryListValues: [], dataType: 'Number' },
    },
    md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
    md5OfBody: '5d41402abc4b2a76b9719d911017c592',
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: 'us-east-1',
  });
});

test('a mapping that may not receive any more goes on when its role may again', async () => {
  const { client, send, batches, held, clock } = await mapped();
  const iam = client(IAM);
  await iam.putRolePolicy({
    RoleName: 'worker',
    PolicyName: 'not',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'sqs:ReceiveMessage', Resource: '*' },
    }),
  });
  await send('a');
  expect(await held()).toEqual([1, 0]);
  await iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'not' });
  await clock.settle();

  expect(await batches()).toEqual([['a']]);
});

test('FACTS C3.2: no more batches run at once than the maximum concurrency', async () => {
  const { send, batches, clock, client } = await mapped({
    mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    handle: 'await new Promise((resolve) => setTimeout(resolve, 20));',
  });
  await send('a', 'b', 'c', 'd', 'e', 'f');
  await clock.advance('1m');
  const { Datapoints = [] } = await client(CloudWatch).getMetricStatistics({
    Namespace: 'AWS/Lambda',
    MetricName: 'ConcurrentExecutions',
    Dimensions: [{ Name: 'FunctionName', Value: 'orders' }],
    StartTime: new Date('2026-01-01T00:00:00Z'),
    EndTime: new Date('2026-01-01T01:00:00Z'),
    Period: 60,
    Statistics: ['Maximum'],
  });

  expect(await batches()).toHaveLength(6);
  expect(Datapoints.map(({ Maximum }) => Maximum)).toEqual([2]);
});

test('a mapping with MetricsConfig counts what becomes of messages', async () => {
  const { sendTogether, clock, client, UUID } = await mapped({
    mapping: {
      ...reporting,
      MetricsConfig: { Metrics: ['EventCount'] },
      FilterCriteria: { Filters: [{ Pattern: '{"body":[{"prefix":"a"}]}' }] },
    },
    handle: failing('a2'),
  });
  await sendTogether('a1', 'a2', 'b');
  await clock.settle();
  const sum = async (MetricName: string) => {
    const { Datapoints = [] } = await client(CloudWatch).getMetricStatistics({
      Namespace: 'AWS/Lambda',
      MetricName,
      Dimensions: [{ Name: 'EventSourceMappingUUID', Value: UUID }],
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date('2026-01-01T01:00:00Z'),
      Period: 60,
      Statistics: ['Sum'],
    });
    return Datapoints[0]?.Sum;
  };

  expect(await sum('PolledEventCount')).toBe(3);
  expect(await sum('FilteredOutEventCount')).toBe(1);
  expect(await sum('InvokedEventCount')).toBe(2);
  expect(await sum('DeletedEventCount')).toBe(1);
});

test('an idle mapping sets no timer', async () => {
  const { send, clock, core } = await mapped();
  await send('a');
  await clock.advance('1h');

  expect(core.clock.nextDue()).toBeUndefined();
});
