import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { accountWithRole } from '../../../../test/support/functions';

/** `orders` fails for events that say so; a queue `outcomes` for what becomes of them. */
async function withQueue(more: object = {}) {
  const account = await accountWithRole();
  const sqs = account.client(SQS);
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'outcomes' });
  await account.create(
    `exports.handler = async ({ fails }) => { if (fails) throw new Error('no stock'); return { done: true }; };`,
    more,
  );
  return {
    ...account,
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:outcomes',
    QueueUrl,
    sqs,
    send: (event: object) =>
      account.lambda.invoke({
        FunctionName: 'orders',
        InvocationType: 'Event',
        Payload: JSON.stringify(event),
      }),
    messages: async () => {
      await account.clock.settle();
      const { Messages = [] } = await sqs.receiveMessage({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      });
      return Messages;
    },
  };
}

const count = async (cloudwatch: CloudWatch, MetricName: string): Promise<number> => {
  const { Datapoints = [] } = await cloudwatch.getMetricStatistics({
    Namespace: 'AWS/Lambda',
    MetricName,
    Dimensions: [{ Name: 'FunctionName', Value: 'orders' }],
    StartTime: new Date('2026-01-01T00:00:00Z'),
    EndTime: new Date('2026-01-02T00:00:00Z'),
    Period: 86_400,
    Statistics: ['Sum'],
  });
  return Datapoints[0]?.Sum ?? 0;
};

test('an event is accepted at once and handled after the answer', async () => {
  const { lambda, send, messages, queueArn } = await withQueue();
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'orders',
    DestinationConfig: { OnSuccess: { Destination: queueArn } },
  });

  const { StatusCode, Payload } = await send({ id: 7 });

  expect(StatusCode).toBe(202);
  expect(Payload?.length ?? 0).toBe(0);
  const [{ Body = '' } = {}] = await messages();
  expect(JSON.parse(Body)).toEqual({
    version: '1.0',
    timestamp: '2026-01-01T00:00:00.000Z',
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST',
      condition: 'Success',
      approximateInvokeCount: 1,
    },
    requestPayload: { id: 7 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: { done: true },
  });
});

test('a function whose name has one letter reaches its destination, too', async () => {
  const { lambda, create, messages, queueArn } = await withQueue();
  await create('exports.handler = async () => 1;', { FunctionName: 'f' });
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnSuccess: { Destination: queueArn } },
  });

  await lambda.invoke({ FunctionName: 'f', InvocationType: 'Event', Payload: '{}' });

  const [message] = await messages();
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ responsePayload: 1 });
});

test('a failing event is tried again after one minute and after two more', async () => {
  const { lambda, clock, client, send, messages, queueArn } = await withQueue();
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'orders',
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  const cloudwatch = client(CloudWatch);
  await send({ fails: true });
  await clock.advance('59s');
  const first = await count(cloudwatch, 'Invocations');
  await clock.advance('1s');
  const second = await count(cloudwatch, 'Invocations');
  await clock.advance('119s');
  const early = await messages();
  await clock.advance('1s');

  const [{ Body = '' } = {}] = await messages();

  expect([first, second, early.length]).toEqual([1, 2, 0]);
  expect(await count(cloudwatch, 'Errors')).toBe(3);
  expect(await count(cloudwatch, 'AsyncEventsDropped')).toBe(1);
  expect(JSON.parse(Body)).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'no stock' },
  });
});

test('without retries the first failure is the last', async () => {
  const { lambda, send, messages, queueArn } = await withQueue();
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'orders',
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  await send({ fails: true });

  expect((await messages()).length).toBe(1);
});

test('an event that gets too old between two attempts is dropped at that moment', async () => {
  const { lambda, clock, send, messages, queueArn } = await withQueue();
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'orders',
    MaximumEventAgeInSeconds: 90,
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  await send({ fails: true });
  await clock.advance('89s');
  const early = await messages();
  await clock.advance('1s');

  const [{ Body = '' } = {}] = await messages();

  expect(early).toEqual([]);
  expect(JSON.parse(Body)).toMatchObject({
    timestamp: '2026-01-01T00:01:30.000Z',
    requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
  });
});

test('a function without concurrency hands its events on at once', async () => {
  const { lambda, send, messages, queueArn } = await withQueue();
  await lambda.putFunctionConcurrency({ FunctionName: 'orders', ReservedConcurrentExecutions: 0 });
  await lambda.putFunctionEventInvokeConfig({
    FunctionName: 'orders',
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  await send({});

  const [{ Body = '' } = {}] = await messages();

  expect(JSON.parse(Body)).toMatchObject({
    requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
  });
});

test('the dead-letter queue gets the event itself, with AWS’s attributes', async () => {
  const { clock, send, messages } = await withQueue({
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:outcomes' },
  });
  await send({ fails: true });
  await clock.advance('3m');

  const [{ Body, MessageAttributes } = {}] = await messages();

  expect(Body).toBe('{"fails":true}');
  expect(MessageAttributes).toEqual({
    RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: 'no stock' },
  });
});

test('a dead-letter queue that the role may not write to is refused (text unverified)', async () => {
  const { iam, create } = await accountWithRole();
  await iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'all' });

  await expect(
    create('exports.handler = 1;', {
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:outcomes' },
    }),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The provided execution role does not have permissions to call SendMessage on SQS',
  });
});

test('outcomes go to topics, buses and functions too', async () => {
  const { lambda, client, create, send, messages, queueArn, sqs, QueueUrl } = await withQueue();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
  });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
  const sns = client(SNS);
  const { TopicArn = '' } = await sns.createTopic({ Name: 'news' });
  await sns.subscribe({
    TopicArn,
    Protocol: 'sqs',
    Endpoint: queueArn,
    Attributes: { RawMessageDelivery: 'true' },
  });
  const events = client(EventBridge);
  const { EventBusArn = '' } = await events.createEventBus({ Name: 'shop' });
  const EventPattern = JSON.stringify({ source: ['lambda'] });
  await events.putRule({ Name: 'all', EventBusName: 'shop', EventPattern });
  await events.putTargets({
    Rule: 'all',
    EventBusName: 'shop',
    Targets: [{ Id: 'queue', Arn: queueArn }],
  });
  const { FunctionArn = '' } = await create(
    `const { SQS } = require('@aws-sdk/client-sqs');
     exports.handler = async (event) => new SQS({}).sendMessage({
       QueueUrl: '${QueueUrl}', MessageBody: JSON.stringify({ next: event }),
     });`,
    { FunctionName: 'next' },
  );
  const outcomeAt = async (Destination: string): Promise<unknown> => {
    await lambda.putFunctionEventInvokeConfig({
      FunctionName: 'orders',
      DestinationConfig: { OnSuccess: { Destination } },
    });
    await send({});
    const [{ Body = '' } = {}] = await messages();
    return JSON.parse(Body);
  };
  const record = { requestContext: { condition: 'Success' }, responsePayload: { done: true } };

  expect(await outcomeAt(TopicArn)).toMatchObject(record);
  expect(await outcomeAt(EventBusArn)).toMatchObject({
    source: 'lambda',
    'detail-type': 'Lambda Function Invocation Result - Success',
    resources: [
      'arn:aws:events:us-east-1:000000000000:event-bus/shop',
      'arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST',
    ],
    detail: record,
  });
  expect(await outcomeAt(FunctionArn)).toMatchObject({ next: record });
});

test.each([
  [{ MaximumRetryAttempts: 3 }, "Value '3' at 'maximumRetryAttempts' failed to satisfy constraint"],
  [{ MaximumEventAgeInSeconds: 59 }, "Value '59' at 'maximumEventAgeInSeconds' failed to satisfy"],
  [
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
    'Destinations in S3 are not emulated.',
  ],
])('the configuration %j is refused', async (config, message) => {
  const { lambda, create } = await accountWithRole();
  await create('exports.handler = 1;');

  await expect(
    lambda.putFunctionEventInvokeConfig({ FunctionName: 'orders', ...config }),
  ).rejects.toThrow(message);
});

test('an update keeps what it does not name, and a missing configuration is told by ARN', async () => {
  const { lambda, create } = await accountWithRole();
  await create('exports.handler = 1;');
  const FunctionName = 'orders';

  await expect(lambda.getFunctionEventInvokeConfig({ FunctionName })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message:
      "The function arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST doesn't have an EventInvokeConfig",
  });
  await lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 1 });
  await lambda.updateFunctionEventInvokeConfig({ FunctionName, MaximumEventAgeInSeconds: 100 });
  expect(await lambda.getFunctionEventInvokeConfig({ FunctionName })).toMatchObject({
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 100,
  });
});
