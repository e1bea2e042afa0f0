import { InvalidAttributeName, type QueueAttributeName } from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import { checkAttributes, checkThroughput, setAttributes, settingsOf } from './attributes';
import { findQueue } from './find-queue';
import { announce } from './place';
import { checkRedrivePolicy } from './redrive';
import { type Queue, queueArn, type SqsCall, type SqsHandlers } from './state';
import { countsAt } from './waiting-line';

export const queueAttributes = {
  GetQueueAttributes({ QueueUrl, AttributeNames: names = [] }, call) {
    const queue = findQueue(QueueUrl, call);
    const chosen = choose(names, () => ({ ...settingsOf(queue), ...computed(queue, call) }));
    return Object.keys(chosen).length > 0 ? { Attributes: chosen } : {};
  },

  SetQueueAttributes({ QueueUrl, Attributes: attributes = {} }, call) {
    const queue = findQueue(QueueUrl, call);
    checkAttributes(attributes, queue.fifo !== undefined);
    checkThroughput(attributes, queue.attributes);
    checkRedrivePolicy(attributes['RedrivePolicy'], queueArn(queue), call);
    setAttributes(queue, attributes);
    touch(queue, call);
  },
} satisfies SqsHandlers;

/** Notes that the queue's attributes have changed. */
export function touch(queue: Queue, call: SqsCall): void {
  queue.modifiedAt = call.now().getTime();
  announce('UPDATE', queue, call);
}

// Attributes that exist only on FIFO queues, or only when they are set.
const absent = new Set<string>([
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
]);

function choose(
  names: QueueAttributeName[],
  read: () => Record<string, string>,
): Record<string, string> {
  if (names.length === 0) return {};
  const all = read();
  if (names.includes('All')) return all;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = all[name];
      if (value === undefined && !absent.has(name))
        throw refuse(InvalidAttributeName, `Unknown Attribute ${name}.`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function computed(queue: Queue, call: SqsCall): Record<string, string> {
  const counts = countsAt(queue, call.now().getTime());
  return {
    QueueArn: queueArn(queue),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
  };
}

const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));
