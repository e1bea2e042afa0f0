import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const start = new Date('2026-01-01T00:00:00Z');

async function measured() {
  const lab = emulated();
  const sqs = lab.client(SQS);
  const cloudwatch = lab.client(CloudWatch);
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'orders' });
  /** The values of each minute from the start, of one statistic. */
  const minutes = async (MetricName: string, Stat = 'Sum', QueueName = 'orders') => {
    const { MetricDataResults = [] } = await cloudwatch.getMetricData({
      StartTime: start,
      EndTime: lab.clock.now(),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/SQS',
              MetricName,
              Dimensions: [{ Name: 'QueueName', Value: QueueName }],
            },
            Period: 60,
            Stat,
          },
        },
      ],
    });
    return MetricDataResults[0]?.Values;
  };
  return { ...lab, sqs, QueueUrl, minutes };
}

test('a queue counts what is sent, received and deleted, and receives that got nothing', async () => {
  const { sqs, QueueUrl, clock, minutes } = await measured();
  for (const MessageBody of ['1', '22', '333']) await sqs.sendMessage({ QueueUrl, MessageBody });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
  await sqs.receiveMessage({ QueueUrl });
  await clock.advance('1m');

  expect(await minutes('NumberOfMessagesSent')).toEqual([3]);
  expect(await minutes('NumberOfMessagesReceived')).toEqual([3]);
  expect(await minutes('NumberOfMessagesDeleted')).toEqual([1]);
  expect(await minutes('NumberOfEmptyReceives')).toEqual([1]);
  expect(await minutes('SentMessageSize', 'Average')).toEqual([2]);
  expect(await minutes('SentMessageSize', 'Maximum')).toEqual([3]);
});

test('levels hold until they change', async () => {
  const { sqs, QueueUrl, clock, minutes } = await measured();
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
  await clock.advance('3m');
  await sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 120 });
  await clock.advance('3m');

  expect(await minutes('ApproximateNumberOfMessagesVisible', 'Maximum')).toEqual([
    1, 1, 1, 0, 0, 1,
  ]);
  expect(await minutes('ApproximateNumberOfMessagesNotVisible', 'Maximum')).toEqual([
    0, 0, 0, 1, 1, 0,
  ]);
});

test('the age of the oldest message grows until it is gone, and an alarm sees it grow', async () => {
  const { client, sqs, QueueUrl, clock, minutes } = await measured();
  const cloudwatch = client(CloudWatch);
  await cloudwatch.putMetricAlarm({
    AlarmName: 'old',
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 180,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  const state = async () => (await cloudwatch.describeAlarms({})).MetricAlarms?.[0]?.StateValue;
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
  await clock.advance('3m');
  expect(await state()).toBe('OK');
  await clock.advance('2m');
  expect(await state()).toBe('ALARM');
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl });
  await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
  await clock.advance('2m');

  expect(await minutes('ApproximateAgeOfOldestMessage', 'Maximum')).toEqual([
    59, 119, 179, 239, 299, 0, 0,
  ]);
  expect(await state()).toBe('OK');
});

test('FACTS C3.1: what moves to a dead-letter queue is visible there, and was not sent', async () => {
  const { sqs, QueueUrl, clock, minutes } = await measured();
  await sqs.createQueue({ QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
    maxReceiveCount: 1,
  });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy, VisibilityTimeout: '0' } });
  await sqs.sendMessage({ QueueUrl, MessageBody: 'poison' });
  await sqs.receiveMessage({ QueueUrl });
  await sqs.receiveMessage({ QueueUrl });
  await clock.advance('1m');

  expect(await minutes('ApproximateNumberOfMessagesVisible', 'Maximum', 'dead')).toEqual([1]);
  expect(await minutes('NumberOfMessagesSent', 'Sum', 'dead')).toEqual([]);
});

test('an idle queue publishes nothing and sets no timer', async () => {
  const { core, sqs, QueueUrl, clock } = await measured();
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
  await clock.advance('2m');

  expect([...(core.stores.at('000000000000/us-east-1/sqs')?.timers.keys() ?? [])]).toEqual([]);
});
