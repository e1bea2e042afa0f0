import type { Message, Place, Queue } from './state';

// Sending, receiving and deleting stay independent of the number of messages: a list for those
// that are ready, a heap for those that are hidden, and stale entries dropped when they are met.

/** Makes the message available from `visibleAt` on. */
export function enqueue(queue: Queue, message: Message, now: number): void {
  message.turn += 1;
  const place = { id: message.id, turn: message.turn, at: message.visibleAt };
  if (message.visibleAt <= now) queue.ready.places.push(place);
  else pushHeap(queue.hidden, place);
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
  while (queue.hidden.length > 0 && !current(queue, queue.hidden[0])) popHeap(queue.hidden);
  return queue.hidden[0]?.at;
}

export function clear(queue: Queue): void {
  queue.messages.clear();
  queue.ready = { places: [], head: 0 };
  queue.hidden = [];
}

/** Moves what has become visible behind what is ready. */
function reveal(queue: Queue, now: number): void {
  for (let at = nextVisibleAt(queue); at !== undefined && at <= now; at = nextVisibleAt(queue)) {
    const place = popHeap(queue.hidden);
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

function pushHeap(heap: Place[], place: Place): void {
  let index = heap.push(place) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (isOrdered(heap, parent, index)) return;
    swap(heap, parent, index);
    index = parent;
  }
}

function popHeap(heap: Place[]): Place | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last && heap.length > 0) heap[0] = last;
  for (let index = 0; ;) {
    const child = smallerChild(heap, index);
    if (child >= heap.length || isOrdered(heap, index, child)) return first;
    swap(heap, index, child);
    index = child;
  }
}

function smallerChild(heap: Place[], index: number): number {
  const left = index * 2 + 1;
  return left + 1 < heap.length && !isOrdered(heap, left, left + 1) ? left + 1 : left;
}

const isOrdered = (heap: Place[], first: number, second: number): boolean =>
  (heap[first]?.at ?? 0) <= (heap[second]?.at ?? 0);

function swap(heap: Place[], first: number, second: number): void {
  const [one, other] = [heap[first], heap[second]];
  if (!one || !other) return;
  heap[first] = other;
  heap[second] = one;
}
