import {
  BatchEntryIdsNotDistinctException,
  BatchRequestTooLongException,
  EmptyBatchRequestException,
  InvalidBatchEntryIdException,
  type MessageAttributeValue,
  type PublishBatchRequestEntry,
  TooManyEntriesInBatchRequestException,
} from '@aws-sdk/client-sns';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { count } from './activity';
import { deliver } from './delivery';
import { encryptAsCaller } from './encryption';
import { invalid } from './errors';
import { checkOrdering, deduplicationIdOf, takePlace } from './fifo';
import { findTopic } from './find-topic';
import { checkMessageAttributes } from './message-attributes';
import type { Publication } from './publication';
import type { SnsCall, SnsHandlers, Topic } from './state';

const longest = 262_144;

interface Published {
  Message?: string | undefined;
  Subject?: string | undefined;
  MessageStructure?: string | undefined;
  MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

export const publishing = {
  async Publish({ TopicArn, TargetArn, PhoneNumber, ...published }, call) {
    if (PhoneNumber !== undefined)
      throw invalid('PhoneNumber Reason: text messages without a topic are not emulated');
    const topic = findTopic(TopicArn ?? TargetArn, call, TopicArn ? 'TopicArn' : 'TargetArn');
    if (topic.attributes['KmsMasterKeyId']) await encryptAsCaller(topic, call);
    return publish(topic, published, call);
  },

  async PublishBatch({ TopicArn, PublishBatchRequestEntries: entries = [] }, call) {
    const topic = findTopic(TopicArn, call);
    checkBatch(entries);
    if (topic.attributes['KmsMasterKeyId']) await encryptAsCaller(topic, call);
    const Successful = [];
    const Failed = [];
    for (const { Id, ...published } of entries) {
      try {
        Successful.push({ Id, ...(await publish(topic, published, call)) });
      } catch (error) {
        if (!(error instanceof Error) || !('$fault' in error)) throw error;
        Failed.push({
          Id,
          Code: error.name.replace(/Exception$/, ''),
          Message: error.message,
          SenderFault: true,
        });
      }
    }
    return { Successful, Failed };
  },
} satisfies SnsHandlers;

/**
 * A FIFO topic answers once the message is on its way to all, so that the next one comes behind it;
 * a duplicate is answered as the first was, and goes nowhere.
 */
async function publish(topic: Topic, published: Published, call: SnsCall) {
  check(published);
  checkOrdering(topic, published);
  const now = call.now();
  const id = call.random.uuid();
  const place = takePlace(topic, published, { id, now: now.getTime() });
  if (place?.isNew !== false) {
    const publication = {
      ...publicationOf(topic, published),
      id,
      at: now,
      ...orderOf(published, place),
    };
    count(topic, { published: 1, bytes: sizeOf(published) }, call);
    if (topic.fifo) await deliver(topic, publication, call);
    else call.background(() => deliver(topic, publication, call));
  }
  return { MessageId: place?.id ?? id, ...(place ? { SequenceNumber: place.sequence } : {}) };
}

function publicationOf(topic: Topic, published: Published) {
  const { Message: message = '', Subject: subject, MessageAttributes: attributes = {} } = published;
  const messageFor = readMessage(message, published.MessageStructure);
  return { topicArn: topic.arn, subject, messageFor, attributes };
}

const orderOf = (published: Published, place: { sequence: string } | undefined) => ({
  ...(published.MessageGroupId === undefined ? {} : { group: published.MessageGroupId }),
  ...(place ? { sequence: place.sequence, deduplicationId: deduplicationIdOf(published) } : {}),
});

const sizeOf = ({ Message = '' }: Published): number => Buffer.byteLength(Message);

function check(published: Published): void {
  const { Message: message = '', Subject: subject } = published;
  if (message === '') throw invalid('Empty message');
  if (subject !== undefined && !/^[^\p{Cc}\s][^\p{Cc}]{0,99}$/u.test(subject))
    throw invalid('Subject');
  if (Buffer.byteLength(message) > longest) throw invalid('Message too long');
  checkMessageAttributes(published.MessageAttributes ?? {});
}

function readMessage(message: string, structure: string | undefined): Publication['messageFor'] {
  if (structure !== 'json') return () => message;
  const texts = parseObject(message);
  if (!texts) throw invalid('Message Structure - JSON message body failed to parse');
  const fallback = texts['default'];
  if (typeof fallback !== 'string')
    throw invalid('Message Structure - No default entry in JSON message body');
  return (protocol) => {
    const text = texts[protocol];
    return typeof text === 'string' ? text : fallback;
  };
}

function checkBatch(entries: readonly PublishBatchRequestEntry[]): void {
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
  const size = entries.reduce((sum, { Message = '' }) => sum + Buffer.byteLength(Message), 0);
  if (size > longest)
    throw refuse(
      BatchRequestTooLongException,
      'The length of all the messages put together is more than the limit.',
    );
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
