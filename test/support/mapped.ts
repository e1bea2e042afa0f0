import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import type { EmulatorOptions } from '../../emulator';
import { accountWithRole, messagesOf } from './functions';

interface Wanted {
  /** Body of `(records) => …` in the function `orders`, which has logged the bodies before. */
  handle?: string;
  /** Settings of the function. */
  settings?: object;
  /** Attributes of the queue `jobs`. */
  queue?: Record<string, string>;
  mapping?: Partial<CreateEventSourceMappingRequest>;
  /** Of the emulator. */
  options?: EmulatorOptions;
}

const codeOf = (handle: string) => `
exports.handler = async ({ Records: records }) => {
  process.stdout.write('BATCH ' + JSON.stringify(records.map(({ body }) => body)) + '\\n');
  ${handle}
};`;

/** A queue, a function, and a mapping of the one to the other. */
export async function mapped({ handle = '', settings, queue, mapping, options }: Wanted = {}) {
  const account = await accountWithRole(options);
  const sqs = account.client(SQS);
  const QueueName = queue?.['FifoQueue'] ? 'jobs.fifo' : 'jobs';
  const sourceArn = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
  const { QueueUrl = '' } = await sqs.createQueue({ QueueName, Attributes: { ...queue } });
  await account.create(codeOf(handle), settings);
  const map = (more: Partial<CreateEventSourceMappingRequest> = {}) =>
    account.lambda.createEventSourceMapping({
      FunctionName: 'orders',
      EventSourceArn: sourceArn,
      ...more,
    });
  const made = mapping === undefined ? await map() : await map(mapping);
  await account.clock.settle();

  return {
    ...account,
    sqs,
    QueueUrl,
    sourceArn,
    map,
    UUID: made.UUID ?? '',
    send: async (...bodies: string[]) => {
      for (const MessageBody of bodies)
        await sqs.sendMessage({
          QueueUrl,
          MessageBody,
          ...(queue?.['FifoQueue'] ? { MessageGroupId: MessageBody.slice(0, 1) } : {}),
        });
      await account.clock.settle();
    },
    sendTogether: async (...bodies: string[]) => {
      const Entries = bodies.map((MessageBody, index) => ({
        Id: `m${index}`,
        MessageBody,
        ...(queue?.['FifoQueue'] ? { MessageGroupId: MessageBody.slice(0, 1) } : {}),
      }));
      await sqs.sendMessageBatch({ QueueUrl, Entries });
      await account.clock.settle();
    },
    /** The bodies of every batch that the function got. */
    batches: async (): Promise<string[][]> => {
      const messages = await messagesOf(account.client(CloudWatchLogs)).catch(() => []);
      return messages
        .filter((message) => message.startsWith('BATCH '))
        .map((message) => JSON.parse(message.slice(6)) as string[]);
    },
    /** How many messages the queue shows and hides. */
    held: () => heldIn(sqs, QueueUrl),
  };
}

/** How many messages a queue shows and hides. */
export async function heldIn(sqs: SQS, QueueUrl: string): Promise<[number, number]> {
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  return [
    Number(Attributes?.['ApproximateNumberOfMessages']),
    Number(Attributes?.['ApproximateNumberOfMessagesNotVisible']),
  ];
}
