import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';
import type { Change } from '../../changes/change';

/** A queue, and what the change feed is told of its contents. */
async function watched(Attributes: Record<string, string> = {}) {
  const lab = emulated();
  const sqs = lab.client(SQS);
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'orders', Attributes });
  const told: Change[] = [];
  const { feed } = lab.core;
  const tell = feed.tell.bind(feed);
  feed.tell = (change, place) => {
    if (change.kind === 'CONTENT') told.push(change);
    tell(change, place);
  };
  return { ...lab, sqs, QueueUrl, told };
}

const orders = {
  kind: 'CONTENT',
  type: 'AWS::SQS::Queue',
  id: 'http://127.0.0.1:4566/000000000000/orders',
};

test('a message that is sent is told as a change of content', async () => {
  const { sqs, QueueUrl, told } = await watched();
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });

  expect(told).toEqual([orders]);
});

test('a delayed message is told when its delay is over', async () => {
  const { sqs, QueueUrl, told, clock } = await watched();
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one', DelaySeconds: 10 });
  await clock.advance('9s');
  expect(told).toEqual([]);
  await clock.advance('1s');

  expect(told).toEqual([orders]);
});

test('a message that was received is told when its visibility timeout is over', async () => {
  const { sqs, QueueUrl, told, clock } = await watched();
  await sqs.sendMessage({ QueueUrl, MessageBody: 'one' });
  await sqs.receiveMessage({ QueueUrl });
  await clock.advance('29s');
  expect(told).toEqual([orders]);
  await clock.advance('1s');

  expect(told).toEqual([orders, orders]);
});

test('a message of another account is told in the account of the queue', async () => {
  const { sqs, QueueUrl, told, client } = await watched();
  await sqs.addPermission({
    QueueUrl,
    Label: 'partner',
    AWSAccountIds: ['111111111111'],
    Actions: ['SendMessage'],
  });
  const poll = sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
  const partner = client(SQS, { accessKeyId: '111111111111' });
  await partner.sendMessage({ QueueUrl, MessageBody: 'theirs' });

  await expect(poll).resolves.toMatchObject({ Messages: [{ Body: 'theirs' }] });
  expect(told).toEqual([orders]);
});

test('one timer stands for all hidden messages, and none is left when they are deleted', async () => {
  const { sqs, QueueUrl, core } = await watched();
  const alarms = () =>
    Array.from(core.stores.at('000000000000/us-east-1/sqs')?.timers.keys() ?? []).filter((id) =>
      id.startsWith('appear/'),
    );
  for (const MessageBody of ['one', 'two', 'three'])
    await sqs.sendMessage({ QueueUrl, MessageBody });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  expect(alarms()).toEqual(['appear/orders']);

  for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  expect(alarms()).toEqual([]);
});
