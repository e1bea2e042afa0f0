import {
  BatchRequestTooLong,
  type MessageAttributeValue,
  type MessageSystemAttributeValue,
} from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import { count } from './activity';
import { add } from './appearing';
import { numberOf } from './attributes';
import { checkedEntries, runBatch } from './batch';
import {
  deduplicationIdOf,
  nextSequence,
  type Ordered,
  remember,
  sentBefore,
} from './deduplication';
import { encryptAsCaller, isEncrypted } from './encryption';
import { findQueue } from './find-queue';
import { md5, md5OfAttributes } from './md5';
import { checkMessage, checkOrder, sizeOf } from './message-checks';
import type { Message, Queue, SqsCall, SqsHandlers } from './state';

const longestBatch = 1_048_576;

interface Sent extends Ordered {
  DelaySeconds?: number | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageSystemAttributes?: Record<string, MessageSystemAttributeValue> | undefined;
}

export const sending = {
  async SendMessage({ QueueUrl, ...sent }, call) {
    const queue = findQueue(QueueUrl, call);
    if (isEncrypted(queue)) await encryptAsCaller(queue, call);
    return send(queue, sent, call);
  },

  async SendMessageBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    const size = (Entries ?? []).reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > longestBatch)
      throw refuse(
        BatchRequestTooLong,
        `Batch requests cannot be longer than ${longestBatch} bytes. You have sent ${size} bytes.`,
      );
    for (const entry of checkedEntries(Entries ?? [], 'SendMessage')) checkOrder(queue, entry);
    if (isEncrypted(queue)) await encryptAsCaller(queue, call);
    return runBatch({ Entries, kind: 'SendMessage' }, (entry) => send(queue, entry, call));
  },
} satisfies SqsHandlers;

/** A FIFO queue answers a duplicate as if it had taken it, with the id of the first. */
function send(queue: Queue, sent: Sent, call: SqsCall) {
  checkMessage(queue, sent);
  const known = sentBefore(queue, sent, call.now().getTime());
  const { id, sequence } = known ?? sendNew(queue, sent, call);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(sent.MessageBody ?? ''),
    ...digest('MD5OfMessageAttributes', sent.MessageAttributes),
    ...digest('MD5OfMessageSystemAttributes', sent.MessageSystemAttributes),
    ...(sequence === undefined ? {} : { SequenceNumber: sequence }),
  };
}

const digest = (name: string, attributes: Record<string, MessageAttributeValue> = {}) =>
  Object.keys(attributes).length > 0 ? { [name]: md5OfAttributes(attributes) } : {};

function sendNew(queue: Queue, sent: Sent, call: SqsCall) {
  const message = newMessage(queue, sent, call);
  if (queue.fifo) remember(queue, { message, sent });
  add(queue, message, call);
  count(queue, { sent: message.size }, call);
  return { id: message.id, sequence: message.system['SequenceNumber'] };
}

function newMessage(queue: Queue, sent: Sent, call: SqsCall): Message {
  const now = call.now().getTime();
  const delay = sent.DelaySeconds ?? numberOf(queue, 'DelaySeconds');
  return {
    id: call.random.uuid(),
    body: sent.MessageBody ?? '',
    attributes: sent.MessageAttributes ?? {},
    system: {
      // AWS gives the principal's unique id, which only IAM knows.
      SenderId: call.principal.accountId,
      SentTimestamp: String(now),
      ...systemOf(queue, sent),
    },
    sentAt: now,
    size: sizeOf(sent),
    receiveCount: 0,
    visibleAt: now + delay * 1000,
    turn: 0,
  };
}

function systemOf({ fifo }: Queue, sent: Sent): Record<string, string> {
  const { MessageGroupId: group } = sent;
  const trace = sent.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue;
  return {
    ...(trace === undefined ? {} : { AWSTraceHeader: trace }),
    ...(group === undefined ? {} : { MessageGroupId: group }),
    ...(fifo
      ? { MessageDeduplicationId: deduplicationIdOf(sent), SequenceNumber: nextSequence(fifo) }
      : {}),
  };
}
