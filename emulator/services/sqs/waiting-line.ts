import { popHeap, pushHeap } from '../../heap';
import { numberOf } from './attributes';
import { placeInGroup, removeFromGroup, settleGroup, takeFromGroups, wasStanding } from './groups';
import type { Message, Place, Queue, Standing } from './state';

// Sending, receiving and deleting stay independent of the number of messages: a list for those
// that are ready (or the open groups of a FIFO queue), a heap for those that are hidden, and stale
// entries dropped when they are met.

const isBefore = (one: Place, other: Place): boolean => one.at < other.at;

/** Makes the message available from `visibleAt` on. */
export function enqueue(queue: Queue, message: Message, now: number): void {
  message.turn += 1;
  placeInGroup(queue, message);
  const place = { id: message.id, turn: message.turn, at: message.visibleAt };
  if (message.visibleAt <= now) show(queue, message);
  else {
    pushHeap(queue.hidden, place, isBefore);
    stand(queue, message, message.receipt === undefined ? 'delayed' : 'inFlight');
  }
  settleGroup(queue, message);
}

/** Takes the next message that is visible now, or nothing. It is in flight until it is put back or removed. */
export function dequeue(queue: Queue, now: number): Message | undefined {
  reveal(queue, now);
  const message = queue.fifo ? takeFromGroups(queue) : takeReady(queue);
  if (message) stand(queue, message, 'inFlight');
  return message;
}

function takeReady(queue: Queue): Message | undefined {
  const message = firstReady(queue);
  if (message) queue.ready.head += 1;
  return message;
}

/** Whether something could be received now. */
export function hasVisible(queue: Queue, now: number): boolean {
  reveal(queue, now);
  return queue.fifo ? queue.fifo.open.size > 0 : firstReady(queue) !== undefined;
}

/** When the next hidden message becomes visible. */
export function nextVisibleAt(queue: Queue): number | undefined {
  while (queue.hidden.length > 0 && !current(queue, queue.hidden[0]))
    popHeap(queue.hidden, isBefore);
  return queue.hidden[0]?.at;
}

export function remove(queue: Queue, message: Message): void {
  if (!queue.messages.delete(message.id)) return;
  stand(queue, message, undefined);
  removeFromGroup(queue, message);
}

export function clear(queue: Queue): Queue {
  queue.messages.clear();
  queue.ready = { places: [], head: 0 };
  queue.hidden = [];
  queue.counts = { visible: 0, inFlight: 0, delayed: 0 };
  queue.fifo?.groups.clear();
  queue.fifo?.open.clear();
  return queue;
}

/** How many messages stand where, after those that were kept long enough are gone. */
export function countsAt(queue: Queue, now: number): Record<Standing, number> {
  const oldest = now - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  for (const message of queue.messages.values()) {
    if (message.sentAt <= oldest) remove(queue, message);
    else if (!queue.isMixed) break;
  }
  reveal(queue, now);
  return countsOf(queue);
}

const countsOf = (queue: Queue): Record<Standing, number> => (queue.counts ??= counted(queue));

/** Counts afresh, for a queue that was stored before there were counts. */
function counted(queue: Queue): Record<Standing, number> {
  const counts = { visible: 0, inFlight: 0, delayed: 0 };
  const hidden = new Set(queue.hidden.map(({ id }) => id));
  for (const message of queue.messages.values()) {
    const away = message.receipt === undefined ? 'delayed' : 'inFlight';
    message.stands ??= hidden.has(message.id) ? away : 'visible';
    counts[message.stands] += 1;
  }
  return counts;
}

function stand(queue: Queue, message: Message, standing: Standing | undefined): void {
  const counts = countsOf(queue);
  const before = message.stands;
  if (before) counts[before] -= 1;
  if (standing) counts[standing] += 1;
  wasStanding(queue, message, standing);
  if (standing) message.stands = standing;
  else delete message.stands;
}

function show(queue: Queue, message: Message): void {
  stand(queue, message, 'visible');
  if (queue.fifo) return;
  const { ready } = queue;
  ready.places.push({ id: message.id, turn: message.turn, at: message.visibleAt });
  if (ready.head > 1000 && ready.head * 2 > ready.places.length) {
    ready.places = ready.places.slice(ready.head);
    ready.head = 0;
  }
}

/** Moves what has become visible behind what is ready. */
function reveal(queue: Queue, now: number): void {
  for (let at = nextVisibleAt(queue); at !== undefined && at <= now; at = nextVisibleAt(queue)) {
    const message = current(queue, popHeap(queue.hidden, isBefore));
    if (!message) continue;
    show(queue, message);
    settleGroup(queue, message);
  }
}

function firstReady(queue: Queue): Message | undefined {
  const { ready } = queue;
  for (; ready.head < ready.places.length; ready.head += 1) {
    const message = current(queue, ready.places[ready.head]);
    if (message) return message;
  }
  queue.ready = { places: [], head: 0 };
  return undefined;
}

function current(queue: Queue, place: Place | undefined): Message | undefined {
  const message = place && queue.messages.get(place.id);
  return message?.turn === place?.turn ? message : undefined;
}
