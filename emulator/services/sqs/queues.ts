import { PurgeQueueInProgress, QueueDeletedRecently, QueueNameExists } from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { follow } from './appearing';
import { checkAttributes, checkThroughput, setAttributes, settingsOf } from './attributes';
import { findQueue, noSuchQueue } from './find-queue';
import { newFifo } from './groups';
import { pageOf } from './pages';
import { announce, placeOf, urlOf } from './place';
import { checkRedrivePolicy, redriveOf } from './redrive';
import { type Queue, queueArn, type SqsCall, type SqsHandlers } from './state';
import { clear } from './waiting-line';

const blockedFor = 60_000;

export const queues = {
  CreateQueue({ QueueName: name = '', Attributes: attributes = {}, tags = {} }, call) {
    const isFifo = attributes['FifoQueue'] === 'true';
    checkName(name, isFifo);
    checkAttributes(attributes, isFifo);
    checkThroughput(attributes);
    const known = call.state.queues.get(name);
    if (known) {
      checkSame(known, attributes);
      return { QueueUrl: urlOf(known, call) };
    }
    checkNotDeletedRecently(name, call);
    checkRedrivePolicy(attributes['RedrivePolicy'], call.arn(name), call);
    const queue = newQueue(name, call);
    setAttributes(queue, attributes);
    queue.tags = tags;
    call.state.queues.set(name, queue);
    announce('CREATE', queue, call);
    return { QueueUrl: urlOf(queue, call) };
  },

  DeleteQueue({ QueueUrl }, call) {
    const queue = findQueue(QueueUrl, call);
    const state = call.stateOf(queue.accountId, queue.region);
    state.queues.delete(queue.name);
    state.deleted.set(queue.name, call.now().getTime());
    follow(clear(queue), call);
    placeOf(queue, call).wake(queue.name);
    announce('DELETE', queue, call);
  },

  GetQueueUrl({ QueueName: name = '', QueueOwnerAWSAccountId: owner = '' }, call) {
    const queue = call.stateOf(owner || call.accountId, call.region).queues.get(name);
    if (!queue) throw noSuchQueue();
    return { QueueUrl: urlOf(queue, call) };
  },

  ListQueues({ QueueNamePrefix: prefix = '', ...paging }, call) {
    const found = [...call.state.queues.values()].filter(({ name }) => name.startsWith(prefix));
    const { page, ...more } = pageOf(
      found.map((queue) => urlOf(queue, call)),
      paging,
    );
    return page.length > 0 ? { QueueUrls: page, ...more } : {};
  },

  ListDeadLetterSourceQueues({ QueueUrl, ...paging }, call) {
    const target = queueArn(findQueue(QueueUrl, call));
    const found = [...call.state.queues.values()].filter(
      (queue) => redriveOf(queue)?.deadLetterTargetArn === target,
    );
    const { page, ...more } = pageOf(
      found.map((queue) => urlOf(queue, call)),
      paging,
    );
    return { queueUrls: page, ...more };
  },

  PurgeQueue({ QueueUrl }, call) {
    const queue = findQueue(QueueUrl, call);
    const now = call.now().getTime();
    if (queue.purgedAt !== undefined && now - queue.purgedAt < blockedFor)
      throw refuse(
        PurgeQueueInProgress,
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      );
    queue.purgedAt = now;
    follow(clear(queue), call);
  },
} satisfies SqsHandlers;

function newQueue(name: string, call: SqsCall): Queue {
  const now = call.now().getTime();
  return {
    name,
    accountId: call.accountId,
    region: call.region,
    createdAt: now,
    modifiedAt: now,
    attributes: {},
    tags: {},
    messages: new Map(),
    ready: { places: [], head: 0 },
    hidden: [],
    ...(name.endsWith('.fifo') ? { fifo: newFifo() } : {}),
  };
}

function checkName(name: string, isFifo: boolean): void {
  if (isFifo && !(name.length <= 80 && /^[\w-]+\.fifo$/.test(name)))
    throw awsError(
      'InvalidParameterValue',
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  if (!isFifo && !/^[\w-]{1,80}$/.test(name))
    throw awsError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
}

function checkSame(queue: Queue, attributes: Record<string, string>): void {
  const settings = { ...queue.attributes, ...settingsOf(queue) };
  const other = Object.entries(attributes).find(([name, value]) => settings[name] !== value);
  if (other)
    throw refuse(
      QueueNameExists,
      `A queue already exists with the same name and a different value for attribute ${other[0]}`,
    );
}

function checkNotDeletedRecently(name: string, { state, now }: SqsCall): void {
  const deletedAt = state.deleted.get(name);
  if (deletedAt !== undefined && now().getTime() - deletedAt < blockedFor)
    throw refuse(
      QueueDeletedRecently,
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  state.deleted.delete(name);
}
