import { InvalidMessageContents, type MessageAttributeValue } from '@aws-sdk/client-sqs';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { numberOf } from './attributes';
import type { Ordered } from './deduplication';
import {
  checkMessageAttributes,
  invalidCharacters,
  isAllowedText,
  sizeOfAttributes,
} from './message-attributes';
import type { Queue } from './state';

interface Sent extends Ordered {
  DelaySeconds?: number | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
}

/** Bytes that count towards the limits: body and attributes. */
export const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: Sent): number =>
  Buffer.byteLength(MessageBody) + sizeOfAttributes(MessageAttributes);

const invalidValue = (message: string): Error => awsError('InvalidParameterValue', message);

const missing = (name: string): Error =>
  awsError('MissingParameter', `The request must contain the parameter ${name}.`);

/** Checks what a sender gives, as SQS does for the kind of queue. */
export function checkMessage(queue: Queue, sent: Sent): void {
  const { MessageBody: body = '' } = sent;
  if (body === '') throw missing('MessageBody');
  if (!isAllowedText(body)) throw refuse(InvalidMessageContents, invalidCharacters);
  checkMessageAttributes(sent.MessageAttributes ?? {});
  const longest = numberOf(queue, 'MaximumMessageSize');
  if (sizeOf(sent) > longest)
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${longest} bytes.`,
    );
  checkDelay(queue, sent.DelaySeconds ?? 0);
  checkGroup(queue, sent.MessageGroupId);
  checkDeduplication(queue, sent.MessageDeduplicationId);
}

/** What a FIFO queue needs of every entry of a batch, which as a whole is refused otherwise. */
export function checkOrder(queue: Queue, sent: Ordered): void {
  if (!queue.fifo) return;
  if (sent.MessageGroupId === undefined)
    throw invalidValue('The request must contain the parameter MessageGroupId.');
  if (sent.MessageDeduplicationId === undefined) checkDeduplication(queue, undefined);
}

function checkDelay(queue: Queue, delay: number): void {
  if (!(delay >= 0 && delay <= 900))
    throw invalidValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  if (queue.fifo && delay > 0)
    throw invalidValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
}

const isToken = (text: string): boolean => /^[!-~]{1,128}$/.test(text);

const invalidToken = (name: string, value: string): Error =>
  invalidValue(
    `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );

function checkGroup(queue: Queue, group: string | undefined): void {
  if (group === undefined && queue.fifo) throw missing('MessageGroupId');
  if (group !== undefined && !isToken(group)) throw invalidToken('MessageGroupId', group);
}

function checkDeduplication(queue: Queue, id: string | undefined): void {
  if (id !== undefined && !queue.fifo)
    throw invalidValue(
      `Value ${id} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  if (id !== undefined && !isToken(id)) throw invalidToken('MessageDeduplicationId', id);
  if (id === undefined && queue.fifo && queue.attributes['ContentBasedDeduplication'] !== 'true')
    throw invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}
