import type { Account } from '../../checker/account';
import { type Check, type Drill, fail, type Guard, pass, pending } from '../../checker/check';

export const ordersRedriveToDeadLetters: Check = {
  title: 'The orders queue redrives to the dead letters after 5 receives',
  task: 'a',
  points: 60,
  reads: ['sqs:GetQueueAttributes'],
  objective: 'Take a message that nobody can process out of the way.',
  async look(account) {
    const url = output(account, 'OrdersUrl');
    const { RedrivePolicy = '{}' } = await attributesOf(account, url);
    const { deadLetterTargetArn: target, maxReceiveCount: count } = JSON.parse(RedrivePolicy) as {
      deadLetterTargetArn?: string;
      maxReceiveCount?: number | string;
    };
    const proof = {
      call: 'sqs:GetQueueAttributes',
      resource: url,
      path: 'Attributes.RedrivePolicy',
      expected: { deadLetterTargetArn: output(account, 'DeadLettersArn'), maxReceiveCount: 5 },
      actual: RedrivePolicy,
    };
    const seen =
      target === undefined
        ? `${url} has no redrive policy.`
        : `${url} gives messages to ${target} after ${count} receives.`;
    const isRight = target === output(account, 'DeadLettersArn') && Number(count) === 5;
    if (isRight) return pass(seen, proof);
    const wanted = 'A redrive policy that names the dead-letter queue and 5 receives.';
    return fail({ seen, wanted, where: 'SQS, the orders queue, Dead-letter queue', proof });
  },
};

export const deadLettersAreKept: Guard = {
  kind: 'guard',
  title: 'The dead letters are kept for 14 days',
  reads: ['sqs:GetQueueAttributes'],
  objective: 'A dead letter must outlive the weekend on which nobody looks.',
  hints: [
    'Look at how long the dead-letter queue keeps a message.',
    'In SQS, the dead-letter queue, Configuration, message retention period.',
    'Set `MessageRetentionPeriod` back to 1209600 seconds.',
  ],
  async look(account) {
    const url = output(account, 'DeadLettersUrl');
    const { MessageRetentionPeriod: seconds } = await attributesOf(account, url);
    const proof = {
      call: 'sqs:GetQueueAttributes',
      resource: url,
      path: 'Attributes.MessageRetentionPeriod',
      expected: fourteenDays,
      actual: seconds,
    };
    const seen = `${url} keeps messages for ${seconds} s.`;
    if (seconds === fourteenDays) return pass(seen, proof);
    return fail({ seen, wanted: '14 days.', where: 'SQS, the dead-letter queue', proof });
  },
};

export const poisonEndsInDeadLetters: Drill = {
  kind: 'drill',
  title: 'A message that nobody can process ends in the dead-letter queue',
  points: 40,
  needs: ['ordersRedriveToDeadLetters'],
  reads: ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  writes: ['sqs:SendMessage', 'sqs:DeleteMessage'],
  objective: 'See the redrive happen.',
  hints: [
    'Look at both queues while the drill runs: how many messages are in each?',
    'In SQS, Monitoring of the orders queue; the redrive happens on the receive after the last allowed one.',
    'Send a message yourself and receive it six times with a visibility timeout of 0.',
  ],
  announce: 'sends one message to the orders queue and receives it in vain; deletes it at the end',
  eventually: { within: '5m', every: '5s' },
  async prove(account) {
    const { QueueArn = '' } = await attributesOf(account, output(account, 'OrdersUrl'));
    if (!QueueArn.includes(`${account.lab}-work`)) throw new Error(`${QueueArn} is not the lab's`);
  },
  async act(account) {
    account.memory.set('sent', true);
    const QueueUrl = output(account, 'OrdersUrl');
    await account.sqs.sendMessage({ QueueUrl, MessageBody: poison });
    for (let receives = 0; receives < 6; receives += 1) {
      await account.sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 0 });
    }
  },
  async look(account) {
    const url = output(account, 'DeadLettersUrl');
    const { ApproximateNumberOfMessages: count } = await attributesOf(account, url);
    const proof = {
      call: 'sqs:GetQueueAttributes',
      resource: url,
      path: 'Attributes.ApproximateNumberOfMessages',
      expected: 'more than 0',
      actual: count,
    };
    if (Number(count) > 0) return pass(`${url} holds ${count} message.`, proof);
    return pending(`${url} is still empty.`, 'Within minutes.');
  },
  async undo(account) {
    if (!account.memory.has('sent')) return;
    for (const key of ['OrdersUrl', 'DeadLettersUrl'])
      await takeBack(account, output(account, key));
  },
};

// --- internal ---

const fourteenDays = '1209600';

const poison = '{"poison":true}';

function output({ outputs }: Account, key: string): string {
  const value = outputs[key];
  if (value === undefined) throw new Error(`the lab's stacks have no output ${key}`);
  return value;
}

async function attributesOf({ sqs }: Account, QueueUrl: string): Promise<Record<string, string>> {
  const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  return Attributes;
}

/** Deletes the drill's own message wherever it has come to, and no other. */
async function takeBack({ sqs }: Account, QueueUrl: string): Promise<void> {
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  for (const { Body, ReceiptHandle } of Messages) {
    if (Body === poison) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  }
}
