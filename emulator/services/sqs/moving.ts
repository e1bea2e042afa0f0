import { count } from './activity';
import { add, follow } from './appearing';
import { numberOf } from './attributes';
import { nextSequence } from './deduplication';
import { queueByArn } from './find-queue';
import type { Message, MoveTask, Queue, SqsCall } from './state';
import { dequeue, enqueue, remove } from './waiting-line';

/** Whether there are more; or why it has failed, in the words of ListMessageMoveTasks. */
type Outcome = { hasMore: boolean } | { failure: string };

const gone = { failure: 'AWS.SimpleQueueService.NonExistentQueue' };

/** Moves up to `most` messages of a task. */
export function moveMessages(task: MoveTask, most: number, call: SqsCall): Outcome {
  const source = queueByArn(task.sourceArn, call);
  if (!source) return gone;
  const now = call.now().getTime();
  for (let moved = 0; moved < most; moved += 1) {
    const message = dequeue(source, now);
    const target = message && targetOf(message, task, call);
    if (!target || 'failure' in target) {
      if (message) enqueue(source, message, now);
      follow(source, call);
      return target ?? { hasMore: false };
    }
    remove(source, message);
    sendAgain(message, target, call);
    task.moved += 1;
  }
  follow(source, call);
  return { hasMore: true };
}

function targetOf(message: Message, { destinationArn }: MoveTask, call: SqsCall) {
  const arn = destinationArn ?? message.system['DeadLetterQueueSourceArn'];
  return arn === undefined
    ? { failure: 'CouldNotDetermineMessageSource' }
    : (queueByArn(arn, call) ?? gone);
}

/** FACTS C3.1: what is moved out is a new message, with an id, an age and receives of its own. */
function sendAgain(message: Message, target: Queue, call: SqsCall): void {
  const now = call.now().getTime();
  const { DeadLetterQueueSourceArn: _source, ...system } = message.system;
  const again: Message = {
    id: call.random.uuid(),
    body: message.body,
    attributes: message.attributes,
    system: {
      ...system,
      SentTimestamp: String(now),
      ...(target.fifo ? { SequenceNumber: nextSequence(target.fifo) } : {}),
    },
    sentAt: now,
    size: message.size,
    receiveCount: 0,
    visibleAt: now + numberOf(target, 'DelaySeconds') * 1000,
    turn: 0,
  };
  add(target, again, call);
  count(target, { sent: again.size }, call);
}
