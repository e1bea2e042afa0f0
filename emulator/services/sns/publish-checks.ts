import {
  BatchEntryIdsNotDistinctException,
  BatchRequestTooLongException,
  EmptyBatchRequestException,
  InvalidBatchEntryIdException,
  type MessageAttributeValue,
  type PublishBatchRequestEntry,
  TooManyEntriesInBatchRequestException,
} from '@aws-sdk/client-sns';
import { refuse } from '../../refuse';
import { invalid } from './errors';
import { checkOrdering } from './fifo';
import { checkMessageAttributes, sizeOfAttributes } from './message-attributes';
import { readMessage } from './message-structure';
import type { Topic } from './state';

const longest = 262_144;

/** What a publisher gives, alone or in a batch. */
export interface Published {
  Message?: string | undefined;
  Subject?: string | undefined;
  MessageStructure?: string | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

/** Bytes that count towards the limits: the message and its attributes. */
export const sizeOf = ({ Message = '', MessageAttributes = {} }: Published): number =>
  Buffer.byteLength(Message) + sizeOfAttributes(MessageAttributes);

/** Checks a message for the kind of topic; `where` leads to it in the request. */
export function checkPublished(topic: Topic, published: Published, where = ''): void {
  const { Message: message = '', Subject: subject } = published;
  if (message === '') throw invalid('Empty message');
  if (subject !== undefined && !/^[^\p{Cc}\s][^\p{Cc}]{0,99}$/u.test(subject))
    throw invalid('Subject');
  if (sizeOf(published) > longest) throw invalid('Message too long');
  checkMessageAttributes(published.MessageAttributes ?? {}, where);
  readMessage(message, published.MessageStructure);
  checkOrdering(topic, published);
}

/** What AWS refuses of any entry, it refuses the whole batch for. */
export function checkBatch(topic: Topic, entries: readonly PublishBatchRequestEntry[]): void {
  if (entries.length === 0)
    throw refuse(EmptyBatchRequestException, "The batch request doesn't contain any entries.");
  if (entries.length > 10)
    throw refuse(
      TooManyEntriesInBatchRequestException,
      'The batch request contains more entries than permissible.',
    );
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw refuse(
      BatchEntryIdsNotDistinctException,
      'Two or more batch entries in the request have the same Id.',
    );
  for (const { Id = '' } of entries) checkId(Id);
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size > longest)
    throw refuse(
      BatchRequestTooLongException,
      'The length of all the messages put together is more than the limit.',
    );
  for (const [index, entry] of entries.entries())
    checkPublished(topic, entry, `publishBatchRequestEntries.${index + 1}.member.`);
}

function checkId(id: string): void {
  if (id.length > 80)
    throw refuse(
      InvalidBatchEntryIdException,
      `The Id of a batch entry in the batch request is too long: ${id}`,
    );
  if (!/^[\w-]+$/.test(id))
    throw refuse(
      InvalidBatchEntryIdException,
      `The Id of a batch entry in the batch request contains an impermissible character: ${id}`,
    );
}
