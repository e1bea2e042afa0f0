import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:orders.fifo';
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** A FIFO topic and a queue that is subscribed to it. */
async function withFifo(topic: Record<string, string> = {}, queueName = 'inbox.fifo') {
  const lab = emulated();
  const sns = lab.client(SNS);
  const sqs = lab.client(SQS);
  await sns.createTopic({
    Name: 'orders.fifo',
    Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true', ...topic },
  });
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: queueName,
    Attributes: {
      ...(queueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        },
      }),
    },
  });
  await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint: arnOf(queueName) });
  const publish = (Message: string, MessageGroupId = 'a', MessageDeduplicationId?: string) =>
    sns.publish({ TopicArn, Message, MessageGroupId, MessageDeduplicationId });
  async function received() {
    await lab.clock.settle();
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    });
    return Messages.map(({ Attributes, Body = '' }) => ({
      Attributes,
      ...(JSON.parse(Body) as { Message: string; SequenceNumber: string }),
    }));
  }
  return { ...lab, sns, sqs, QueueUrl, publish, received };
}

test('a FIFO topic brings messages in order, with group, deduplication id and sequence number', async () => {
  const { publish, received } = await withFifo();
  const sent = [];
  for (const text of ['one', 'two', 'three']) sent.push(await publish(text));
  const messages = await received();

  expect(messages.map(({ Message }) => Message)).toEqual(['one', 'two', 'three']);
  expect(messages[0]?.SequenceNumber).toBe(sent[0]?.SequenceNumber);
  expect(sent.map(({ SequenceNumber }) => SequenceNumber)).toEqual([
    '10000000000000001000',
    '10000000000000002000',
    '10000000000000003000',
  ]);
  expect(messages[0]?.Attributes).toMatchObject({
    MessageGroupId: 'a',
    MessageDeduplicationId: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
  });
});

test('a FIFO topic brings the same message once in five minutes', async () => {
  const { sqs, QueueUrl, publish, received, clock } = await withFifo();
  const first = await publish('one');
  const second = await publish('one');

  expect(second.MessageId).toBe(first.MessageId);
  expect(await received()).toHaveLength(1);
  await sqs.purgeQueue({ QueueUrl });
  await clock.advance('5m');
  await publish('one');
  expect(await received()).toHaveLength(1);
});

test('a FIFO topic deduplicates by group where its throughput scope says so', async () => {
  const { publish, received } = await withFifo({ FifoThroughputScope: 'MessageGroup' }, 'inbox');
  await publish('one', 'a');
  await publish('one', 'b');
  await publish('one', 'b');

  expect(await received()).toHaveLength(2);
});

test('a FIFO topic brings messages to a standard queue without their group', async () => {
  const { publish, received } = await withFifo({}, 'inbox');
  await publish('one');
  const [message] = await received();

  expect(message?.Message).toBe('one');
  expect(message?.Attributes).not.toHaveProperty('MessageGroupId');
});

test('a standard topic hands the group on to a standard queue', async () => {
  const { sns, sqs, QueueUrl, clock } = await withFifo({}, 'inbox');
  const { TopicArn: standard = '' } = await sns.createTopic({ Name: 'orders' });
  await sns.subscribe({
    TopicArn: standard,
    Protocol: 'sqs',
    Endpoint: arnOf('inbox'),
    Attributes: { RawMessageDelivery: 'true' },
  });
  await sns.publish({ TopicArn: standard, Message: 'fair', MessageGroupId: 'tenant-1' });
  await clock.settle();

  await expect(
    sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['MessageGroupId'] }),
  ).resolves.toMatchObject({
    Messages: [{ Body: 'fair', Attributes: { MessageGroupId: 'tenant-1' } }],
  });
});

test('a batch is answered with a sequence number for each entry', async () => {
  const { sns } = await withFifo();

  await expect(
    sns.publishBatch({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: '1', Message: 'one', MessageGroupId: 'a' },
        { Id: '2', Message: 'two', MessageGroupId: 'a' },
      ],
    }),
  ).resolves.toMatchObject({
    Successful: [
      { Id: '1', SequenceNumber: '10000000000000001000' },
      { Id: '2', SequenceNumber: '10000000000000002000' },
    ],
    Failed: [],
  });
});

test.each([
  [
    'without a group',
    { Message: 'x' },
    'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
  ],
  [
    'without anything to deduplicate by',
    { Message: 'x', MessageGroupId: 'a' },
    'Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ],
])(
  'publishing to a FIFO topic %s is refused (LocalStack test_sns.py)',
  async (_name, input, message) => {
    const { sns } = await withFifo({ ContentBasedDeduplication: 'false' });

    await expect(sns.publish({ TopicArn, ...input })).rejects.toMatchObject({ message });
  },
);

test.each([
  [{ Name: 'other', Attributes: { FifoTopic: 'true' } }, 'Invalid parameter: Topic Name'],
  [{ Name: 'other.fifo' }, 'Invalid parameter: Topic Name'],
])('creating the topic %j is refused (LocalStack test_sns.py)', async (input, message) => {
  const { sns } = await withFifo();

  await expect(sns.createTopic(input)).rejects.toMatchObject({ message });
});

test('a FIFO queue cannot be subscribed to a standard topic', async () => {
  const { sns } = await withFifo();
  const { TopicArn: standard } = await sns.createTopic({ Name: 'orders' });

  await expect(
    sns.subscribe({ TopicArn: standard, Protocol: 'sqs', Endpoint: arnOf('inbox.fifo') }),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('what a FIFO topic cannot deliver goes to a FIFO dead-letter queue, and to no other', async () => {
  const { sns, sqs, QueueUrl, publish, clock } = await withFifo();
  const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
  const SubscriptionArn = Subscriptions[0]?.SubscriptionArn;
  const redrive = (name: string) =>
    sns.setSubscriptionAttributes({
      SubscriptionArn,
      AttributeName: 'RedrivePolicy',
      AttributeValue: JSON.stringify({ deadLetterTargetArn: arnOf(name) }),
    });
  const { QueueUrl: dead = '' } = await sqs.createQueue({
    QueueName: 'dead.fifo',
    Attributes: {
      FifoQueue: 'true',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        },
      }),
    },
  });
  await expect(redrive('dead')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await redrive('dead.fifo');
  await sqs.deleteQueue({ QueueUrl });
  await publish('lost');
  await clock.settle();

  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl: dead,
    MessageSystemAttributeNames: ['All'],
  });
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({ Message: 'lost' });
  expect(Messages[0]?.Attributes).toMatchObject({ MessageGroupId: 'a' });
});
