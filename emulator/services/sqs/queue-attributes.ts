import { InvalidAttributeName, type QueueAttributeName } from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import { checkAttributes, numberOf, setAttributes, settingsOf } from './attributes';
import { findQueue } from './find-queue';
import { announce } from './place';
import { checkRedrivePolicy } from './redrive';
import { type Message, type Queue, queueArn, type SqsCall, type SqsHandlers } from './state';

export const queueAttributes = {
  GetQueueAttributes({ QueueUrl, AttributeNames: names = [] }, call) {
    const queue = findQueue(QueueUrl, call);
    const chosen = choose(names, () => ({ ...settingsOf(queue), ...computed(queue, call) }));
    return Object.keys(chosen).length > 0 ? { Attributes: chosen } : {};
  },

  SetQueueAttributes({ QueueUrl, Attributes: attributes = {} }, call) {
    const queue = findQueue(QueueUrl, call);
    checkAttributes(attributes);
    checkRedrivePolicy(attributes['RedrivePolicy'], queueArn(queue), call);
    setAttributes(queue, attributes);
    touch(queue, call);
  },

  TagQueue({ QueueUrl, Tags: tags = {} }, call) {
    const queue = findQueue(QueueUrl, call);
    Object.assign(queue.tags, tags);
    announce('UPDATE', queue, call);
  },

  UntagQueue({ QueueUrl, TagKeys: keys = [] }, call) {
    const queue = findQueue(QueueUrl, call);
    for (const key of keys) delete queue.tags[key];
    announce('UPDATE', queue, call);
  },

  ListQueueTags({ QueueUrl }, call) {
    const { tags } = findQueue(QueueUrl, call);
    return Object.keys(tags).length > 0 ? { Tags: tags } : {};
  },
} satisfies SqsHandlers;

/** Notes that the queue's attributes have changed. */
export function touch(queue: Queue, call: SqsCall): void {
  queue.modifiedAt = call.now().getTime();
  announce('UPDATE', queue, call);
}

// Attributes that exist only on queues that are not emulated, or only when they are set.
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
  const now = call.now().getTime();
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  const kept = [...queue.messages.values()].filter(({ sentAt }) => sentAt > oldest);
  const count = (test: (message: Message) => boolean): string => String(kept.filter(test).length);
  return {
    QueueArn: queueArn(queue),
    ApproximateNumberOfMessages: count(({ visibleAt }) => visibleAt <= now),
    ApproximateNumberOfMessagesNotVisible: count(
      (message) => message.visibleAt > now && message.receipt !== undefined,
    ),
    ApproximateNumberOfMessagesDelayed: count(
      (message) => message.visibleAt > now && message.receipt === undefined,
    ),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
  };
}

const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));
