import { awsError } from '../../errors';
import { count } from './activity';
import { follow, requeue, tellWaiting } from './appearing';
import { runBatch } from './batch';
import { findQueue } from './find-queue';
import { messageOf } from './receipt-handle';
import { checkVisibility } from './receiving';
import type { Message, Queue, SqsCall, SqsHandlers } from './state';
import { remove } from './waiting-line';

const longestInFlight = 43_200_000;

export const receipts = {
  DeleteMessage({ QueueUrl, ReceiptHandle }, call) {
    const queue = findQueue(QueueUrl, call);
    deleteReceived(queue, ReceiptHandle, call);
    afterDeletion(queue, call);
  },

  DeleteMessageBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    const answer = runBatch({ Entries, kind: 'DeleteMessage' }, ({ ReceiptHandle }) => {
      deleteReceived(queue, ReceiptHandle, call);
      return {};
    });
    afterDeletion(queue, call);
    return answer;
  },

  ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }, call) {
    changeVisibility(findQueue(QueueUrl, call), { ReceiptHandle, VisibilityTimeout }, call);
  },

  ChangeMessageVisibilityBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    return runBatch({ Entries, kind: 'ChangeMessageVisibility' }, (entry) => {
      changeVisibility(queue, entry, call);
      return {};
    });
  },
} satisfies SqsHandlers;

/**
 * A standard queue answers a deletion with an old handle as if it had worked, and a FIFO queue says
 * that it has expired. Either does so for a message that is gone.
 */
function deleteReceived(queue: Queue, handle: string | undefined, call: SqsCall): void {
  const found = messageOf(queue, handle);
  if (!found) return;
  const isHeld = found.isNewest && found.message.visibleAt > call.now().getTime();
  if (queue.fifo && !isHeld) throw invalidHandle(handle, 'The receipt handle has expired.');
  if (!found.isNewest) return;
  remove(queue, found.message);
  count(queue, { deleted: 1 }, call);
}

/** A deletion unlocks the message's group. */
function afterDeletion(queue: Queue, call: SqsCall): void {
  if (queue.fifo) tellWaiting(queue, call);
  follow(queue, call);
}

const invalidHandle = (handle: string | undefined, reason: string): Error =>
  awsError(
    'InvalidParameterValue',
    `Value ${handle ?? ''} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
  );

interface Change {
  ReceiptHandle: string | undefined;
  VisibilityTimeout?: number | undefined;
}

function changeVisibility(
  queue: Queue,
  { ReceiptHandle: handle, VisibilityTimeout: seconds = 0 }: Change,
  call: SqsCall,
): void {
  checkVisibility(seconds);
  const now = call.now().getTime();
  const message = inFlight(queue, handle, now);
  const until = now + seconds * 1000;
  if (until - (message.firstReceivedAt ?? now) > longestInFlight)
    throw awsError(
      'InvalidParameterValue',
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].`,
    );
  message.visibleAt = until;
  requeue(queue, message, call);
}

/** The newest handle of a standard queue still serves after its timeout: it hides the message anew. */
function inFlight(queue: Queue, handle: string | undefined, now: number): Message {
  const found = messageOf(queue, handle);
  const isOver = queue.fifo !== undefined && (found?.message.visibleAt ?? 0) <= now;
  if (!found?.isNewest || isOver)
    throw invalidHandle(
      handle,
      'Message does not exist or is not available for visibility timeout change.',
    );
  return found.message;
}
