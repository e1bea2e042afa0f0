import { createHash } from 'node:crypto';
import { invalid } from './errors';
import type { FifoTopic, Topic } from './state';

/** FIFO topics take the same message once in five minutes. */
const remembered = 5 * 60_000;

const firstSequence = 10_000_000_000_000_000_000n;

/** What a publisher says of order. */
export interface Ordering {
  Message?: string | undefined;
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

export const newFifo = (): FifoTopic => ({ published: new Map(), issued: 0 });

/** Checks what a publisher says of order, for the kind of topic. */
export function checkOrdering(topic: Topic, { MessageGroupId, MessageDeduplicationId }: Ordering) {
  if (!topic.fifo) {
    if (MessageDeduplicationId !== undefined)
      throw invalid(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    return;
  }
  if (!MessageGroupId) throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (!MessageDeduplicationId && topic.attributes['ContentBasedDeduplication'] !== 'true')
    throw invalid(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}

export const deduplicationIdOf = ({ Message = '', MessageDeduplicationId: id }: Ordering): string =>
  id ?? createHash('sha256').update(Message).digest('hex');

/** The same publication less than five minutes ago, or the place of a new one in the topic's order. */
export function takePlace(
  topic: Topic,
  ordering: Ordering,
  { id, now }: { id: string; now: number },
): { id: string; sequence: string; isNew: boolean } | undefined {
  const { fifo } = topic;
  if (!fifo) return undefined;
  forgetOld(fifo, now);
  const key = keyOf(topic, ordering);
  const known = fifo.published.get(key);
  if (known) return { ...known, isNew: false };
  fifo.issued += 1;
  const sequence = String(firstSequence + BigInt(fifo.issued) * 1000n);
  fifo.published.set(key, { at: now, id, sequence });
  return { id, sequence, isNew: true };
}

/** The scope of deduplication follows FifoThroughputScope. */
function keyOf(topic: Topic, ordering: Ordering): string {
  const id = deduplicationIdOf(ordering);
  return topic.attributes['FifoThroughputScope'] === 'MessageGroup'
    ? `${ordering.MessageGroupId ?? ''} ${id}`
    : id;
}

function forgetOld({ published }: FifoTopic, now: number): void {
  for (const [key, { at }] of published) {
    if (now - at < remembered) return;
    published.delete(key);
  }
}
