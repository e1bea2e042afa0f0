import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { accountWithRole } from './support/functions';

const sqsArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** Writes good orders into the ledger; an order of an unknown article is an error in the log. */
const worker = `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({ forcePathStyle: true });
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const order = JSON.parse(body);
    if (order.article === 'unknown') {
      process.stdout.write(JSON.stringify({ level: 'ERROR', order: order.id }) + '\\n');
      batchItemFailures.push({ itemIdentifier: messageId });
    } else await s3.putObject({ Bucket: 'ledger', Key: 'processed/' + order.id, Body: body });
  }
  return { batchItemFailures };
};`;

const fromServices = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: '*',
  },
});

type Account = Awaited<ReturnType<typeof accountWithRole>>;

async function makeQueues({ client }: Account) {
  const sqs = client(SQS);
  await sqs.createQueue({ QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: sqsArn('dead'), maxReceiveCount: 2 });
  await sqs.createQueue({ QueueName: 'orders', Attributes: { RedrivePolicy } });
  await sqs.createQueue({ QueueName: 'inbox', Attributes: { Policy: fromServices } });
}

async function makeWorker({ client, lambda, create, clock }: Account) {
  await client(S3).createBucket({ Bucket: 'ledger' });
  await create(worker);
  await lambda.createEventSourceMapping({
    FunctionName: 'orders',
    EventSourceArn: sqsArn('orders'),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  await clock.settle();
}

async function makeAlarms({ client }: Account) {
  const logs = client(CloudWatchLogs);
  const cloudwatch = client(CloudWatch);
  const sns = client(SNS);
  const { TopicArn = '' } = await sns.createTopic({ Name: 'pages' });
  await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: sqsArn('inbox') });
  await logs.createLogGroup({ logGroupName: '/aws/lambda/orders' });
  await logs.putMetricFilter({
    logGroupName: '/aws/lambda/orders',
    filterName: 'errors',
    filterPattern: '{ $.level = "ERROR" }',
    metricTransformations: [
      { metricNamespace: 'Shop', metricName: 'OrderErrors', metricValue: '1', defaultValue: 0 },
    ],
  });
  const common = {
    Period: 60,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
    TreatMissingData: 'notBreaching',
  };
  await cloudwatch.putMetricAlarm({
    ...common,
    AlarmName: 'order-errors',
    Namespace: 'Shop',
    MetricName: 'OrderErrors',
    Statistic: 'Sum',
    EvaluationPeriods: 5,
    DatapointsToAlarm: 1,
  });
  await cloudwatch.putMetricAlarm({
    ...common,
    AlarmName: 'dead-letters',
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'dead' }],
    Statistic: 'Maximum',
    EvaluationPeriods: 1,
  });
  await cloudwatch.putCompositeAlarm({
    AlarmName: 'orders-are-lost',
    AlarmRule: 'ALARM("order-errors") AND ALARM("dead-letters")',
    AlarmActions: [TopicArn],
  });
}

async function sendOrders({ client, clock }: Account, orders: { id: string; article: string }[]) {
  const sqs = client(SQS);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'orders' });
  await sqs.sendMessageBatch({
    QueueUrl,
    Entries: orders.map((order) => ({ Id: order.id, MessageBody: JSON.stringify(order) })),
  });
  await clock.settle();
}

async function bodiesIn({ client }: Account, QueueName: string): Promise<unknown[]> {
  const sqs = client(SQS);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
}

/** What a page said, out of its envelope. */
function pageOf(body: unknown) {
  const { Subject, Message, Timestamp } = body as Record<string, string>;
  const { AlarmName, NewStateValue } = JSON.parse(Message ?? '') as Record<string, string>;
  return { Subject, Timestamp, AlarmName, NewStateValue };
}

/** From the orders to the page, and all that was left behind on the way. */
async function story() {
  const account = await accountWithRole();
  const cloudwatch = account.client(CloudWatch);
  await makeQueues(account);
  await makeAlarms(account);
  await makeWorker(account);
  await sendOrders(account, [
    { id: 'good-1', article: 'tea' },
    { id: 'poison', article: 'unknown' },
    { id: 'good-2', article: 'cups' },
  ]);
  await account.clock.advance('4m');
  const alarms = await cloudwatch.describeAlarms({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  const all = [...(alarms.MetricAlarms ?? []), ...(alarms.CompositeAlarms ?? [])];
  const during = Object.fromEntries(
    all.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]),
  );
  await account.clock.advance('10m');
  const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
    AlarmName: 'orders-are-lost',
    AlarmTypes: ['CompositeAlarm'],
    HistoryItemType: 'StateUpdate',
    ScanBy: 'TimestampAscending',
  });
  const { Contents = [] } = await account.client(S3).listObjectsV2({ Bucket: 'ledger' });
  return {
    ledger: Contents.map(({ Key }) => Key),
    waiting: await bodiesIn(account, 'orders'),
    dead: await bodiesIn(account, 'dead'),
    during,
    history: AlarmHistoryItems.map(({ Timestamp, HistorySummary }) => [
      Timestamp?.toISOString(),
      HistorySummary,
    ]),
    pages: (await bodiesIn(account, 'inbox')).map(pageOf),
  };
}

const told = {
  ledger: ['processed/good-1', 'processed/good-2'],
  waiting: [],
  dead: [{ id: 'poison', article: 'unknown' }],
  during: { 'order-errors': 'ALARM', 'dead-letters': 'ALARM', 'orders-are-lost': 'ALARM' },
  history: [
    ['2026-01-01T00:00:00.000Z', 'Alarm updated from INSUFFICIENT_DATA to OK'],
    ['2026-01-01T00:02:00.000Z', 'Alarm updated from OK to ALARM'],
    ['2026-01-01T00:08:00.000Z', 'Alarm updated from ALARM to OK'],
  ],
  pages: [
    {
      Subject: 'ALARM: "orders-are-lost" in US East (N. Virginia)',
      Timestamp: '2026-01-01T00:02:00.000Z',
      AlarmName: 'orders-are-lost',
      NewStateValue: 'ALARM',
    },
  ],
};

test('an order that cannot be processed ends in the dead-letter queue and in one page', async () => {
  expect(await story()).toEqual(told);
}, 30_000);

test('the same orders tell the same story a second time', async () => {
  expect(await story()).toEqual(told);
}, 30_000);
