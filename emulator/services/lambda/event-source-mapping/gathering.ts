import type { Message } from '@aws-sdk/client-sqs';
import type { Mapping } from './mapping';
import type { Source } from './source';

/** What an invocation may be given, in bytes. */
const largestPayload = 6_291_456;
/** What ReceiveMessage gives at most. */
const mostAtOnce = 10;

/** How a mapping follows its queue. */
export interface Watch {
  now: () => Date;
  /** Says that the queue is looked at now: what comes from here on is news. */
  look: () => void;
  /** Until there is news, or until that moment. */
  wait: (until: Date) => Promise<void>;
}

interface Gathered {
  messages: Message[];
  /** Whether the queue may have more at this moment. */
  hasMore: boolean;
}

/**
 * A batch: what is there, or with a batching window all that comes until the batch is full or the
 * window, which opens with the first message, is over.
 */
export async function gather(source: Source, mapping: Mapping, watch: Watch): Promise<Gathered> {
  watch.look();
  const messages = await receive(source, mapping.batchSize);
  if (mapping.window === 0 || messages.length === 0)
    return { messages, hasMore: messages.length >= Math.min(mostAtOnce, mapping.batchSize) };
  const end = watch.now().getTime() + mapping.window * 1000;
  while (hasRoom(messages, mapping) && watch.now().getTime() < end) {
    watch.look();
    const more = await receive(source, mapping.batchSize - messages.length);
    messages.push(...more);
    if (more.length === 0) await watch.wait(new Date(end));
  }
  return { messages, hasMore: true };
}

const hasRoom = (messages: Message[], { batchSize, state }: Mapping): boolean =>
  state === 'Enabled' && messages.length < batchSize && sizeOf(messages) < largestPayload;

const sizeOf = (messages: Message[]): number =>
  messages.reduce((sum, { Body = '' }) => sum + Buffer.byteLength(Body), 0);

/** A queue that is gone or that the role may no longer read has nothing. */
async function receive({ sqs, QueueUrl }: Source, count: number): Promise<Message[]> {
  try {
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: Math.min(count, mostAtOnce),
      WaitTimeSeconds: 0,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    return Messages;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    return [];
  }
}
