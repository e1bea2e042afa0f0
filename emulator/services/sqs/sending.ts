import {
  BatchRequestTooLong,
  InvalidMessageContents,
  type MessageAttributeValue,
  type MessageSystemAttributeValue,
} from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { add } from './appearing';
import { numberOf } from './attributes';
import { runBatch } from './batch';
import { findQueue } from './find-queue';
import { md5, md5OfAttributes } from './md5';
import {
  checkMessageAttributes,
  invalidCharacters,
  isAllowedText,
  sizeOfAttributes,
} from './message-attributes';
import type { Message, Queue, SqsCall, SqsHandlers } from './state';

const longestBatch = 1_048_576;

interface Sent {
  MessageBody?: string | undefined;
  DelaySeconds?: number | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageSystemAttributes?: Record<string, MessageSystemAttributeValue> | undefined;
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

export const sending = {
  SendMessage({ QueueUrl, ...sent }, call) {
    return send(findQueue(QueueUrl, call), sent, call);
  },

  SendMessageBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    const size = (Entries ?? []).reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > longestBatch)
      throw refuse(
        BatchRequestTooLong,
        `Batch requests cannot be longer than ${longestBatch} bytes. You have sent ${size} bytes.`,
      );
    return runBatch(Entries, (entry) => send(queue, entry, call));
  },
} satisfies SqsHandlers;

function send(queue: Queue, sent: Sent, call: SqsCall) {
  check(queue, sent);
  const message = newMessage(queue, sent, call);
  add(queue, message, call);
  const attributes = message.attributes;
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(message.body),
    ...(Object.keys(attributes).length > 0
      ? { MD5OfMessageAttributes: md5OfAttributes(attributes) }
      : {}),
    ...(sent.MessageSystemAttributes && Object.keys(sent.MessageSystemAttributes).length > 0
      ? { MD5OfMessageSystemAttributes: md5OfAttributes(sent.MessageSystemAttributes) }
      : {}),
  };
}

function newMessage(queue: Queue, sent: Sent, call: SqsCall): Message {
  const now = call.now().getTime();
  const delay = sent.DelaySeconds ?? numberOf(queue, 'DelaySeconds');
  const trace = sent.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue;
  return {
    id: call.random.uuid(),
    body: sent.MessageBody ?? '',
    attributes: sent.MessageAttributes ?? {},
    system: {
      // AWS gives the principal's unique id, which only IAM knows.
      SenderId: call.principal.accountId,
      SentTimestamp: String(now),
      ...(trace === undefined ? {} : { AWSTraceHeader: trace }),
      ...(sent.MessageGroupId === undefined ? {} : { MessageGroupId: sent.MessageGroupId }),
    },
    sentAt: now,
    size: sizeOf(sent),
    receiveCount: 0,
    visibleAt: now + delay * 1000,
    turn: 0,
  };
}

const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: Sent): number =>
  Buffer.byteLength(MessageBody) + sizeOfAttributes(MessageAttributes);

function check(queue: Queue, sent: Sent): void {
  const { MessageBody: body = '' } = sent;
  if (body === '')
    throw awsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (!isAllowedText(body)) throw refuse(InvalidMessageContents, invalidCharacters);
  checkMessageAttributes(sent.MessageAttributes ?? {});
  const longest = numberOf(queue, 'MaximumMessageSize');
  if (sizeOf(sent) > longest)
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${longest} bytes.`,
    );
  checkDelay(sent.DelaySeconds ?? 0);
  checkOrdering(sent);
}

const invalidValue = (message: string): Error => awsError('InvalidParameterValue', message);

function checkDelay(delay: number): void {
  if (!(delay >= 0 && delay <= 900))
    throw invalidValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
}

function checkOrdering({ MessageGroupId: group, MessageDeduplicationId: deduplication }: Sent) {
  if (deduplication !== undefined)
    throw invalidValue(
      `Value ${deduplication} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  if (group !== undefined && !/^[!-~]{1,128}$/.test(group))
    throw invalidValue(
      `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
}
