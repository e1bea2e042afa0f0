import { popHeap, pushHeap } from '../../heap';
import type { Message, Place, Queue } from './state';

// Sending, receiving and deleting stay independent of the number of messages: a list for those
// that are ready, a heap for those that are hidden, and stale entries dropped when they are met.

const isBefore = (one: Place, other: Place): boolean => one.at < other.at;

/** Makes the message available from `visibleAt` on. */
export function enqueue(queue: Queue, message: Message, now: number): void {
  message.turn += 1;
  const place = { id: message.id, turn: message.turn, at: message.visibleAt };
  if (message.visibleAt <= now) queue.ready.places.push(place);
  else pushHeap(queue.hidden, place, isBefore);
}

/** Takes the next message that is visible now, or nothing. */
export function dequeue(queue: Queue, now: number): Message | undefined {
  reveal(queue, now);
  const { ready } = queue;
  while (ready.head < ready.places.length) {
    const message = current(queue, ready.places[ready.head]);
    ready.head += 1;
    if (message) return message;
  }
  ready.places = [];
  ready.head = 0;
  return undefined;
}

/** When the next hidden message becomes visible. */
export function nextVisibleAt(queue: Queue): number | undefined {
  while (queue.hidden.length > 0 && !current(queue, queue.hidden[0]))
    popHeap(queue.hidden, isBefore);
  return queue.hidden[0]?.at;
}

/** Whether something could be received now. */
export function hasVisible(queue: Queue, now: number): boolean {
  reveal(queue, now);
  const { ready } = queue;
  while (ready.head < ready.places.length && !current(queue, ready.places[ready.head]))
    ready.head += 1;
  return ready.head < ready.places.length;
}

export function clear(queue: Queue): Queue {
  queue.messages.clear();
  queue.ready = { places: [], head: 0 };
  queue.hidden = [];
  return queue;
}

/** Moves what has become visible behind what is ready. */
function reveal(queue: Queue, now: number): void {
  for (let at = nextVisibleAt(queue); at !== undefined && at <= now; at = nextVisibleAt(queue)) {
    const place = popHeap(queue.hidden, isBefore);
    if (place) queue.ready.places.push(place);
  }
  const { ready } = queue;
  if (ready.head > 1000 && ready.head * 2 > ready.places.length) {
    ready.places = ready.places.slice(ready.head);
    ready.head = 0;
  }
}

function current(queue: Queue, place: Place | undefined): Message | undefined {
  const message = place && queue.messages.get(place.id);
  return message?.turn === place?.turn ? message : undefined;
}
