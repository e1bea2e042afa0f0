import { publishLater } from './metrics';
import { announce, placeOf } from './place';
import type { Message, Queue, SqsCall } from './state';
import { enqueue, hasVisible, nextVisibleAt } from './waiting-line';

/** Puts a message into the queue. */
export function add(queue: Queue, message: Message, call: SqsCall): void {
  queue.messages.set(message.id, message);
  if (message.sentAt < call.now().getTime()) queue.isMixed = true;
  requeue(queue, message, call);
}

/** Gives a message of the queue its place, from its `visibleAt` on. */
export function requeue(queue: Queue, message: Message, call: SqsCall): void {
  const now = call.now().getTime();
  enqueue(queue, message, now);
  if (message.visibleAt <= now) tellWaiting(queue, call);
  follow(queue, call);
}

/** Tells those who wait, if there is something to receive now. */
export function tellWaiting(queue: Queue, call: SqsCall): void {
  if (!hasVisible(queue, call.now().getTime())) return;
  placeOf(queue, call).wake(queue.name);
  announce('CONTENT', queue, call);
}

/**
 * After every change of what the queue holds: its one timer stands at the next moment in which a
 * hidden message becomes visible (none when nothing is hidden), and its levels will be published.
 */
export function follow(queue: Queue, call: SqsCall): void {
  publishLater(queue, call);
  const next = nextVisibleAt(queue);
  if (next === queue.watchedUntil) return;
  const id = `appear/${queue.name}`;
  const { timers } = placeOf(queue, call);
  if (next === undefined) timers.cancel(id);
  else timers.set({ id, name: 'appear', at: new Date(next), payload: queue.name });
  queue.watchedUntil = next;
}

/** A hidden message is due: its visibility timeout or its delay is over. */
export function appear(name: string, call: SqsCall): void {
  const queue = call.state.queues.get(name);
  if (!queue) return;
  queue.watchedUntil = undefined;
  tellWaiting(queue, call);
  follow(queue, call);
}
