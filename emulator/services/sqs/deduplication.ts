import { createHash } from 'node:crypto';
import type { Fifo, Message, Queue } from './state';

/** FIFO queues take the same message once in five minutes. */
const remembered = 5 * 60_000;

/** AWS's sequence numbers have 20 digits and rise within a queue; they start somewhere. */
const firstSequence = 18_849_496_460_467_696_128n;

export interface Ordered {
  MessageBody?: string | undefined;
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

export const deduplicationIdOf = ({ MessageBody = '', MessageDeduplicationId: id }: Ordered) =>
  id ?? createHash('sha256').update(MessageBody).digest('hex');

const keyOf = (queue: Queue, { MessageGroupId = '' }: Ordered, id: string): string =>
  queue.attributes['DeduplicationScope'] === 'messageGroup' ? `${MessageGroupId} ${id}` : id;

/** The message that the same send made less than five minutes ago. */
export function sentBefore(queue: Queue, sent: Ordered, now: number) {
  if (!queue.fifo) return undefined;
  forgetOld(queue.fifo.sent, now);
  return queue.fifo.sent.get(keyOf(queue, sent, deduplicationIdOf(sent)));
}

/** Remembers a message of a FIFO queue, so that the same send makes no second one. */
export function remember(queue: Queue, { message, sent }: { message: Message; sent: Ordered }) {
  const { MessageDeduplicationId: id = '', SequenceNumber: sequence = '' } = message.system;
  queue.fifo?.sent.set(keyOf(queue, sent, id), { at: message.sentAt, id: message.id, sequence });
}

export function nextSequence(fifo: Fifo): string {
  fifo.issued += 1;
  return String(firstSequence + BigInt(fifo.issued) * 256n);
}

/** Drops what is older than five minutes from a map in order of time. */
export function forgetOld(map: Map<string, { at: number }>, now: number): void {
  for (const [key, { at }] of map) {
    if (now - at < remembered) return;
    map.delete(key);
  }
}
