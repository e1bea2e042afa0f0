import { count } from './activity';
import { deliver } from './delivery';
import { encryptAsCaller } from './encryption';
import { invalid } from './errors';
import { deduplicationIdOf, takePlace } from './fifo';
import { findTopic } from './find-topic';
import { readMessage } from './message-structure';
import { checkBatch, checkPublished, type Published, sizeOf } from './publish-checks';
import type { SnsCall, SnsHandlers, Topic } from './state';

export const publishing = {
  async Publish({ TopicArn, TargetArn, PhoneNumber, ...published }, call) {
    if (PhoneNumber !== undefined)
      throw invalid('PhoneNumber Reason: text messages without a topic are not emulated');
    const topic = findTopic(TopicArn ?? TargetArn, call, TopicArn ? 'TopicArn' : 'TargetArn');
    checkPublished(topic, published);
    if (topic.attributes['KmsMasterKeyId']) await encryptAsCaller(topic, call);
    return publish(topic, published, call);
  },

  async PublishBatch({ TopicArn, PublishBatchRequestEntries: entries = [] }, call) {
    const topic = findTopic(TopicArn, call);
    checkBatch(topic, entries);
    if (topic.attributes['KmsMasterKeyId']) await encryptAsCaller(topic, call);
    const Successful = [];
    for (const { Id, ...published } of entries)
      Successful.push({ Id, ...(await publish(topic, published, call)) });
    return { Successful, Failed: [] };
  },
} satisfies SnsHandlers;

/**
 * A FIFO topic answers once the message is on its way to all, so that the next one comes behind it;
 * a duplicate is answered as the first was, and goes nowhere.
 */
async function publish(topic: Topic, published: Published, call: SnsCall) {
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
