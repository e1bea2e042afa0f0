import { awsError } from '../../errors';
import { requeue, watchHidden } from './appearing';
import { runBatch } from './batch';
import { findQueue } from './find-queue';
import { messageOf } from './receipt-handle';
import { checkVisibility } from './receiving';
import type { Message, Queue, SqsCall, SqsHandlers } from './state';

const longestInFlight = 43_200_000;

export const receipts = {
  DeleteMessage({ QueueUrl, ReceiptHandle }, call) {
    const queue = findQueue(QueueUrl, call);
    remove(queue, ReceiptHandle);
    watchHidden(queue, call);
  },

  DeleteMessageBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    const answer = runBatch(Entries, ({ ReceiptHandle }) => {
      remove(queue, ReceiptHandle);
      return {};
    });
    watchHidden(queue, call);
    return answer;
  },

  ChangeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }, call) {
    changeVisibility(findQueue(QueueUrl, call), { ReceiptHandle, VisibilityTimeout }, call);
  },

  ChangeMessageVisibilityBatch({ QueueUrl, Entries }, call) {
    const queue = findQueue(QueueUrl, call);
    return runBatch(Entries, (entry) => {
      changeVisibility(queue, entry, call);
      return {};
    });
  },
} satisfies SqsHandlers;

/** AWS answers a deletion with an old handle as if it had worked. */
function remove(queue: Queue, handle: string | undefined): void {
  const found = messageOf(queue, handle);
  if (found?.isNewest) queue.messages.delete(found.message.id);
}

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

function inFlight(queue: Queue, handle: string | undefined, now: number): Message {
  const found = messageOf(queue, handle);
  if (!found?.isNewest || found.message.visibleAt <= now)
    throw awsError(
      'InvalidParameterValue',
      `Value ${handle ?? ''} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  return found.message;
}
