import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const SourceArn = arnOf('dead');

/** A queue whose poison messages already lie in its dead-letter queue. */
async function withDead(count: number) {
  const lab = emulated();
  const sqs = lab.client(SQS);
  const { QueueUrl: dead = '' } = await sqs.createQueue({ QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
  const { QueueUrl = '' } = await sqs.createQueue({
    QueueName: 'orders',
    Attributes: { RedrivePolicy, VisibilityTimeout: '0' },
  });
  for (let index = 1; index <= count; index += 1)
    await sqs.sendMessage({ QueueUrl, MessageBody: `m${index}` });
  for (let index = 1; index <= count; index += 1) await sqs.receiveMessage({ QueueUrl });
  await sqs.receiveMessage({ QueueUrl });
  const visible = async (url: string) => {
    const { Attributes } = await sqs.getQueueAttributes({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    return Number(Attributes?.['ApproximateNumberOfMessages']);
  };
  const task = async () => (await sqs.listMessageMoveTasks({ SourceArn })).Results?.[0];
  return { ...lab, sqs, dead, QueueUrl, visible, task };
}

test('FACTS C3.1: a move task brings messages back to their queue as new ones', async () => {
  const { sqs, dead, QueueUrl, clock, visible, task } = await withDead(2);
  expect(await visible(dead)).toBe(2);
  await clock.advance('1h');
  const { TaskHandle } = await sqs.startMessageMoveTask({ SourceArn });
  expect(await task()).toMatchObject({ Status: 'RUNNING', TaskHandle });
  await clock.advance('2s');

  expect(await task()).toEqual({
    Status: 'COMPLETED',
    SourceArn,
    ApproximateNumberOfMessagesMoved: 2,
    ApproximateNumberOfMessagesToMove: 2,
    StartedTimestamp: Date.parse('2026-01-01T01:00:00Z'),
  });
  expect(await visible(dead)).toBe(0);
  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MessageSystemAttributeNames: ['All'],
  });
  expect(Messages).toMatchObject([
    {
      Body: 'm1',
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(Date.parse('2026-01-01T01:00:01Z')),
      },
    },
  ]);
  expect(Messages[0]?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
});

test('a move task to a destination goes there', async () => {
  const { sqs, clock, visible } = await withDead(2);
  const { QueueUrl: other = '' } = await sqs.createQueue({ QueueName: 'other' });
  await sqs.startMessageMoveTask({ SourceArn, DestinationArn: arnOf('other') });
  await clock.advance('2s');

  expect(await visible(other)).toBe(2);
});

test('a move task moves no more a second than it may, and can be cancelled between', async () => {
  const { sqs, dead, clock, visible, task } = await withDead(5);
  const { TaskHandle } = await sqs.startMessageMoveTask({
    SourceArn,
    MaxNumberOfMessagesPerSecond: 1,
  });
  await clock.advance('2s');
  expect(await task()).toMatchObject({
    Status: 'RUNNING',
    MaxNumberOfMessagesPerSecond: 1,
    ApproximateNumberOfMessagesMoved: 2,
    ApproximateNumberOfMessagesToMove: 5,
  });

  await expect(sqs.cancelMessageMoveTask({ TaskHandle })).resolves.toMatchObject({
    ApproximateNumberOfMessagesMoved: 2,
  });
  await clock.advance('1m');
  expect(await task()).toMatchObject({ Status: 'CANCELLED' });
  expect(await visible(dead)).toBe(3);
});

test('a move task fails when its destination is deleted meanwhile', async () => {
  const { sqs, dead, clock, visible, task } = await withDead(3);
  const { QueueUrl: other = '' } = await sqs.createQueue({ QueueName: 'other' });
  await sqs.startMessageMoveTask({
    SourceArn,
    DestinationArn: arnOf('other'),
    MaxNumberOfMessagesPerSecond: 1,
  });
  await clock.advance('1s');
  await sqs.deleteQueue({ QueueUrl: other });
  await clock.advance('1m');

  expect(await task()).toMatchObject({
    Status: 'FAILED',
    FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
    ApproximateNumberOfMessagesMoved: 1,
  });
  expect(await visible(dead)).toBe(2);
});

test('a message that was sent to the dead-letter queue itself has no queue to go back to', async () => {
  const { sqs, dead, clock, task } = await withDead(0);
  await sqs.sendMessage({ QueueUrl: dead, MessageBody: 'by hand' });
  await sqs.startMessageMoveTask({ SourceArn });
  await clock.advance('1m');

  expect(await task()).toMatchObject({
    Status: 'FAILED',
    FailureReason: 'CouldNotDetermineMessageSource',
  });
});

test.each([
  [
    'of a queue that is no dead-letter queue',
    { SourceArn: arnOf('orders') },
    ['InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.'],
  ],
  [
    'of no queue',
    { SourceArn: arnOf('nope') },
    [
      'ResourceNotFoundException',
      "The resource that you specified for the SourceArn parameter doesn't exist.",
    ],
  ],
  [
    'to no queue',
    { SourceArn, DestinationArn: arnOf('nope') },
    [
      'ResourceNotFoundException',
      "The resource that you specified for the DestinationArn parameter doesn't exist.",
    ],
  ],
])(
  'a move task %s is refused (LocalStack test_sqs_move_task.py)',
  async (_name, input, [name, message]) => {
    const { sqs } = await withDead(0);

    await expect(sqs.startMessageMoveTask(input)).rejects.toMatchObject({ name, message });
  },
);

test('a second move task of the same queue is refused while one runs (LocalStack test_sqs_move_task.py)', async () => {
  const { sqs } = await withDead(1);
  await sqs.startMessageMoveTask({ SourceArn });

  await expect(sqs.startMessageMoveTask({ SourceArn })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message:
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  });
});

test.each([
  ['garbage', ['InvalidParameterValue', 'Value for parameter TaskHandle is invalid.']],
  [
    Buffer.from(JSON.stringify({ taskId: 'nope', sourceArn: SourceArn })).toString('base64'),
    ['ResourceNotFoundException', 'Task does not exist.'],
  ],
])(
  'cancelling by the handle %s is refused (LocalStack test_sqs_move_task.py)',
  async (TaskHandle, [name, message]) => {
    const { sqs } = await withDead(0);

    await expect(sqs.cancelMessageMoveTask({ TaskHandle })).rejects.toMatchObject({
      name,
      message,
    });
  },
);
