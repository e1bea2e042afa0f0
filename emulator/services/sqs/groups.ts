import type { Fifo, Group, Message, Queue, Standing } from './state';

// A FIFO queue hands out the messages of a group in order, and no more of a group of which some
// are in flight: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html

export const newFifo = (): Fifo => ({
  groups: new Map(),
  open: new Set(),
  sent: new Map(),
  attempts: new Map(),
  issued: 0,
});

const groupName = (message: Message): string => message.system['MessageGroupId'] ?? '';

const groupOf = (queue: Queue, message: Message): Group | undefined =>
  queue.fifo?.groups.get(groupName(message));

/** Puts a message that is new in the queue at the end of its group. */
export function placeInGroup(queue: Queue, message: Message): void {
  if (!queue.fifo || message.stands) return;
  const group = groupOf(queue, message) ?? { line: [], inFlight: 0 };
  queue.fifo.groups.set(groupName(message), group);
  group.line.push(message.id);
}

/** Counts what is in flight of the group. */
export function wasStanding(queue: Queue, message: Message, now: Standing | undefined): void {
  const group = groupOf(queue, message);
  if (!group) return;
  if (message.stands === 'inFlight') group.inFlight -= 1;
  if (now === 'inFlight') group.inFlight += 1;
}

export function removeFromGroup(queue: Queue, message: Message): void {
  const group = groupOf(queue, message);
  if (!group) return;
  const index = group.line.indexOf(message.id);
  if (index >= 0) group.line.splice(index, 1);
  settleGroup(queue, message);
}

/** Opens the message's group when its first message may be handed out, closes it otherwise. */
export function settleGroup(queue: Queue, message: Message): void {
  const { fifo } = queue;
  const group = groupOf(queue, message);
  if (!fifo || !group) return;
  const name = groupName(message);
  if (mayBegin(queue, group)) fifo.open.add(name);
  else fifo.open.delete(name);
  if (group.line.length === 0) fifo.groups.delete(name);
}

function mayBegin({ messages }: Queue, { line, inFlight }: Group): boolean {
  const [first = ''] = line;
  return inFlight === 0 && messages.get(first)?.stands === 'visible';
}

/** The next message of the first open group; SQS gives as many of one group as it can. */
export function takeFromGroups(queue: Queue): Message | undefined {
  for (const name of queue.fifo?.open ?? []) {
    const message = firstUntaken(queue, queue.fifo?.groups.get(name)?.line);
    if (message?.stands === 'visible') return message;
  }
  return undefined;
}

/** Those before it were taken by the same receive, at most ten. */
function firstUntaken({ messages }: Queue, line: string[] = []): Message | undefined {
  const id = line.find((candidate) => messages.get(candidate)?.stands !== 'inFlight');
  return id === undefined ? undefined : messages.get(id);
}
