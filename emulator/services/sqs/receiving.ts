import {
  type Message as Received,
  OverLimit,
  type ReceiveMessageRequest,
} from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { count } from './activity';
import { tellWaiting, follow } from './appearing';
import { checkAttempt, receivedBefore, rememberAttempt } from './attempts';
import { numberOf } from './attributes';
import { decryptAsCaller, isEncrypted } from './encryption';
import { findQueue } from './find-queue';
import { md5, md5OfAttributes } from './md5';
import { chooseAttributes } from './message-attributes';
import { placeOf } from './place';
import { newReceipt } from './receipt-handle';
import { moveIfSpent } from './redrive';
import type { Message, Queue, SqsCall, SqsHandlers } from './state';
import { dequeue, enqueue, remove } from './waiting-line';

export const receiving = {
  async ReceiveMessage(input, call) {
    const queue = findQueue(input.QueueUrl, call);
    const wanted = read(input, queue);
    if (isEncrypted(queue)) await decryptAsCaller(queue, call);
    const messages = receivedBefore(queue, wanted, call) ?? (await takeOrWait(queue, wanted, call));
    rememberAttempt(queue, { attempt: wanted.attempt, messages }, call);
    count(queue, messages.length > 0 ? { received: messages.length } : { emptyReceives: 1 }, call);
    return messages.length > 0 ? { Messages: messages.map((one) => show(one, input)) } : {};
  },
} satisfies SqsHandlers;

const mostInFlight = 120_000;

interface Wanted {
  count: number;
  /** Seconds. */
  wait: number;
  visibility: number;
  /** ReceiveRequestAttemptId. */
  attempt: string | undefined;
}

function read(input: ReceiveMessageRequest, queue: Queue): Wanted {
  const {
    MaxNumberOfMessages: count = 1,
    WaitTimeSeconds: wait = numberOf(queue, 'ReceiveMessageWaitTimeSeconds'),
    VisibilityTimeout: visibility = numberOf(queue, 'VisibilityTimeout'),
    ReceiveRequestAttemptId: attempt,
  } = input;
  checkAttempt(queue, attempt);
  checkRange('MaxNumberOfMessages', count, {
    from: 1,
    to: 10,
    reason: 'Must be between 1 and 10, if provided.',
  });
  checkRange('WaitTimeSeconds', wait, {
    from: 0,
    to: 20,
    reason: 'Must be >= 0 and <= 20, if provided.',
  });
  checkVisibility(visibility);
  return { count, wait, visibility, attempt };
}

export const checkVisibility = (seconds: number): void =>
  checkRange('VisibilityTimeout', seconds, {
    from: 0,
    to: 43_200,
    reason: 'Must be between 0 and 43200, if provided.',
  });

function checkRange(
  name: string,
  value: number,
  { from, to, reason }: { from: number; to: number; reason: string },
): void {
  if (!(value >= from && value <= to))
    throw awsError(
      'InvalidParameterValue',
      `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
    );
}

/** A long poll ends with the first message, be it sent, be it hidden or delayed until now. */
async function takeOrWait(queue: Queue, wanted: Wanted, call: SqsCall): Promise<Message[]> {
  const deadline = call.now().getTime() + wanted.wait * 1000;
  for (;;) {
    const messages = take(queue, wanted, call);
    const now = call.now().getTime();
    if (messages.length > 0 || now >= deadline || isGone(queue, call)) return messages;
    await placeOf(queue, call).park(queue.name, new Date(deadline));
  }
}

const isGone = (queue: Queue, call: SqsCall): boolean =>
  call.stateOf(queue.accountId, queue.region).queues.get(queue.name) !== queue;

function take(queue: Queue, { count, wait, visibility }: Wanted, call: SqsCall): Message[] {
  if (!mayTake(queue, wait)) return [];
  const now = call.now().getTime();
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  const taken: Message[] = [];
  while (taken.length < count) {
    const message = dequeue(queue, now);
    if (!message) break;
    if (message.sentAt <= oldest) remove(queue, message);
    else if (!moveIfSpent(queue, message, call)) taken.push(message);
  }
  // Hidden only now: with a timeout of 0 the same message would be taken twice.
  for (const message of taken) hide(queue, message, { call, visibility });
  if (visibility === 0) tellWaiting(queue, call);
  follow(queue, call);
  return taken;
}

/**
 * Too many in flight: a short poll of a standard queue is told so, others get nothing.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
function mayTake(queue: Queue, wait: number): boolean {
  if ((queue.counts?.inFlight ?? 0) < mostInFlight) return true;
  if (wait === 0 && !queue.fifo)
    throw refuse(
      OverLimit,
      'Too many messages have been received without being deleted. Please delete your received messages or let them timeout before receiving more.',
    );
  return false;
}

function hide(
  queue: Queue,
  message: Message,
  { call, visibility }: { call: SqsCall; visibility: number },
): void {
  const now = call.now().getTime();
  message.receiveCount += 1;
  message.firstReceivedAt ??= now;
  message.visibleAt = now + visibility * 1000;
  message.receipt = newReceipt(queue, message, call);
  enqueue(queue, message, now);
}

function show(message: Message, input: ReceiveMessageRequest): Received {
  const attributes = chooseAttributes(message.attributes, input.MessageAttributeNames ?? []);
  const system = chooseSystem(message, [
    ...(input.MessageSystemAttributeNames ?? []),
    ...(input.AttributeNames ?? []),
  ]);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(Object.keys(attributes).length > 0
      ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
  };
}

function chooseSystem(message: Message, names: readonly string[]): Record<string, string> {
  const all: Record<string, string> = {
    ...message.system,
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
