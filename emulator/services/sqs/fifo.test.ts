import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

async function withFifo(Attributes: Record<string, string> = {}) {
  const lab = emulated();
  const sqs = lab.client(SQS);
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'orders.fifo',
    Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...Attributes },
  });
  const send = (MessageBody: string, MessageGroupId = 'a', MessageDeduplicationId?: string) =>
    sqs.sendMessage({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId });
  const receive = async (count = 10) => {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: count });
    return Messages;
  };
  const bodies = async (count = 10) => (await receive(count)).map(({ Body }) => Body);
  return { ...lab, sqs, QueueUrl, send, receive, bodies };
}

describe('a FIFO queue', () => {
  test('shows its attributes with their defaults', async () => {
    const { sqs, QueueUrl } = await withFifo({ ContentBasedDeduplication: 'false' });

    await expect(
      sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] }),
    ).resolves.toMatchObject({
      Attributes: {
        FifoQueue: 'true',
        ContentBasedDeduplication: 'false',
        DeduplicationScope: 'queue',
        FifoThroughputLimit: 'perQueue',
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders.fifo',
      },
    });
  });

  test.each([
    [
      'without the suffix',
      { QueueName: 'orders', Attributes: { FifoQueue: 'true' } },
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    ],
    [
      'by its name alone',
      { QueueName: 'orders.fifo' },
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    ],
    [
      'with a throughput limit that its deduplication does not allow',
      {
        QueueName: 'other.fifo',
        Attributes: { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' },
      },
      'Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    ],
  ])('%s is refused (text unverified)', async (_name, input, message) => {
    const { sqs } = await withFifo();

    await expect(sqs.createQueue(input)).rejects.toMatchObject({ message });
  });

  test('cannot become a standard queue', async () => {
    const { sqs, QueueUrl } = await withFifo();

    await expect(
      sqs.setQueueAttributes({ QueueUrl, Attributes: { FifoQueue: 'false' } }),
    ).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
  });
});

describe('sending to a FIFO queue', () => {
  test('gives rising sequence numbers of twenty digits', async () => {
    const { send } = await withFifo();
    const one = await send('one');
    const two = await send('two');

    expect(one.SequenceNumber).toMatch(/^\d{20}$/);
    expect(BigInt(two.SequenceNumber ?? 0) > BigInt(one.SequenceNumber ?? 0)).toBe(true);
  });

  test('takes the same message once in five minutes, even when it was deleted', async () => {
    const { sqs, QueueUrl, send, receive, bodies, clock } = await withFifo();
    const first = await send('one');
    const [message] = await receive();
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    const second = await send('one');

    expect(second.MessageId).toBe(first.MessageId);
    expect(second.SequenceNumber).toBe(first.SequenceNumber);
    expect(await bodies()).toEqual([]);
    await clock.advance('5m');
    await send('one');
    expect(await bodies()).toEqual(['one']);
  });

  test('goes by the id and not by the body when an id is given', async () => {
    const { send, bodies } = await withFifo();
    await send('one', 'a', 'id-1');
    await send('two', 'a', 'id-1');
    await send('one', 'a', 'id-2');

    expect(await bodies()).toEqual(['one', 'one']);
  });

  test('goes by group where the queue deduplicates by group', async () => {
    const { send, bodies } = await withFifo({ DeduplicationScope: 'messageGroup' });
    await send('one', 'a', 'id-1');
    await send('two', 'b', 'id-1');
    await send('three', 'b', 'id-1');

    expect(await bodies()).toEqual(['one', 'two']);
  });

  test.each([
    [{ MessageBody: 'x' }, 'The request must contain the parameter MessageGroupId.'],
    [
      { MessageBody: 'x', MessageGroupId: 'a' },
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
    [
      { MessageBody: 'x', MessageGroupId: 'group 123', MessageDeduplicationId: 'd' },
      'Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
    [
      { MessageBody: 'x', MessageGroupId: 'a', MessageDeduplicationId: 'd d' },
      'Value d d for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
    [
      { MessageBody: 'x', MessageGroupId: 'a', MessageDeduplicationId: 'd', DelaySeconds: 2 },
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
  ])('is refused: case %# (LocalStack test_sqs.py)', async (message, text) => {
    const { sqs, QueueUrl } = await withFifo({ ContentBasedDeduplication: 'false' });

    await expect(sqs.sendMessage({ QueueUrl, ...message })).rejects.toMatchObject({
      message: text,
    });
  });

  test('waits for the delay of the queue', async () => {
    const { send, bodies, clock } = await withFifo({ DelaySeconds: '10' });
    await send('one');

    expect(await bodies()).toEqual([]);
    await clock.advance('10s');
    expect(await bodies()).toEqual(['one']);
  });
});

describe('receiving from a FIFO queue', () => {
  test('keeps the order within a group and locks it while some are in flight', async () => {
    const { sqs, QueueUrl, send, receive, bodies } = await withFifo();
    for (const body of ['a1', 'a2', 'a3']) await send(body, 'a');
    await send('b1', 'b');

    const first = await receive(2);
    expect(first.map(({ Body }) => Body)).toEqual(['a1', 'a2']);
    expect(await bodies()).toEqual(['b1']);

    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first[0]?.ReceiptHandle });
    expect(await bodies()).toEqual([]);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first[1]?.ReceiptHandle });
    expect(await bodies()).toEqual(['a3']);
  });

  test('gives a message that was not deleted before those behind it', async () => {
    const { send, receive, bodies, clock } = await withFifo();
    for (const body of ['a1', 'a2', 'a3']) await send(body);
    await receive(1);
    expect(await bodies()).toEqual([]);
    await clock.advance('30s');

    expect(await bodies()).toEqual(['a1', 'a2', 'a3']);
  });

  test('fills up with other groups', async () => {
    const { send, bodies } = await withFifo();
    await send('a1', 'a');
    await send('b1', 'b');
    await send('a2', 'a');

    expect(await bodies()).toEqual(['a1', 'a2', 'b1']);
  });

  test('waits in a long poll until a deletion unlocks the group', async () => {
    const { sqs, QueueUrl, send, receive, clock } = await withFifo();
    await send('a1');
    await send('a2');
    const [first] = await receive(1);
    const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
    await clock.settle();
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: first?.ReceiptHandle });

    await expect(poll).resolves.toMatchObject({ Messages: [{ Body: 'a2' }] });
  });

  test('shows group, deduplication id and sequence number', async () => {
    const { sqs, QueueUrl, send } = await withFifo();
    const { SequenceNumber } = await send('one', 'a', 'id-1');

    await expect(
      sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['All'] }),
    ).resolves.toMatchObject({
      Messages: [
        {
          Attributes: { MessageGroupId: 'a', MessageDeduplicationId: 'id-1', SequenceNumber },
        },
      ],
    });
  });

  test('answers the same attempt with the same messages, hidden anew', async () => {
    const { sqs, QueueUrl, send, clock } = await withFifo();
    await send('one');
    const attempt = { QueueUrl, ReceiveRequestAttemptId: 'try-1' };
    const first = await sqs.receiveMessage(attempt);
    await clock.advance('20s');
    const second = await sqs.receiveMessage(attempt);
    await clock.advance('20s');

    expect(second.Messages).toEqual(first.Messages);
    expect((await sqs.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
  });

  test('refuses to delete by a handle whose time is over', async () => {
    const { sqs, QueueUrl, send, receive, clock } = await withFifo();
    await send('one');
    const [message] = await receive();
    await clock.advance('30s');

    await expect(
      sqs.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('counts what is in flight', async () => {
    const { sqs, QueueUrl, send, receive } = await withFifo();
    for (const body of ['a1', 'a2', 'a3']) await send(body);
    await receive(2);

    await expect(
      sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] }),
    ).resolves.toMatchObject({
      Attributes: {
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '2',
      },
    });
  });
});

test('FACTS C3.1: a FIFO dead-letter queue takes a message with a new age and a new place', async () => {
  const { sqs, QueueUrl, send, bodies, clock } = await withFifo({ VisibilityTimeout: '0' });
  const { QueueUrl: dead = '' } = await sqs.createQueue({
    QueueName: 'dead.fifo',
    Attributes: { FifoQueue: 'true', MessageRetentionPeriod: '60' },
  });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
    maxReceiveCount: 1,
  });
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy } });
  await send('poison');
  await send('good');
  expect(await bodies(1)).toEqual(['poison']);
  await clock.advance('2m');

  expect(await bodies(1)).toEqual(['good']);
  await expect(sqs.receiveMessage({ QueueUrl: dead })).resolves.toMatchObject({
    Messages: [{ Body: 'poison' }],
  });
});

test('a thousand messages of one group come in their order and leave no timer', async () => {
  const { sqs, QueueUrl, core, clock } = await withFifo();
  for (let start = 0; start < 1000; start += 10)
    await sqs.sendMessageBatch({
      QueueUrl,
      Entries: Array.from({ length: 10 }, (_, index) => ({
        Id: `m${index}`,
        MessageBody: String(start + index),
        MessageGroupId: 'a',
      })),
    });
  const received: string[] = [];
  for (let batch = 0; batch < 100; batch += 1) {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    received.push(...Messages.map(({ Body = '' }) => Body));
    await sqs.deleteMessageBatch({
      QueueUrl,
      Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle })),
    });
  }
  await clock.advance('1m');

  expect(received).toEqual(Array.from({ length: 1000 }, (_, index) => String(index)));
  expect([...(core.stores.at('000000000000/us-east-1/sqs')?.timers.keys() ?? [])]).toEqual([]);
});
