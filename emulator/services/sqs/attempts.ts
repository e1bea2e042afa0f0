import { awsError } from '../../errors';
import { forgetOld } from './deduplication';
import type { Message, Queue, SqsCall } from './state';
import { enqueue } from './waiting-line';

/** A ReceiveRequestAttemptId is for FIFO queues. */
export function checkAttempt(queue: Queue, attempt: string | undefined): void {
  // Text unverified.
  if (attempt !== undefined && !queue.fifo)
    throw awsError(
      'InvalidParameterValue',
      `Value ${attempt} for parameter ReceiveRequestAttemptId is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
}

/**
 * The same messages once more, hidden anew, for a receive that is tried again within five minutes:
 * unless one of them was deleted, shown or received since.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html
 */
export function receivedBefore(
  queue: Queue,
  { attempt, visibility }: { attempt: string | undefined; visibility: number },
  call: SqsCall,
): Message[] | undefined {
  const now = call.now().getTime();
  if (!queue.fifo || attempt === undefined) return undefined;
  forgetOld(queue.fifo.attempts, now);
  const receipts = queue.fifo.attempts.get(attempt)?.receipts ?? [];
  const messages = receipts.flatMap(([id, receipt]) => {
    const message = queue.messages.get(id);
    return message?.receipt === receipt && message.stands === 'inFlight' ? [message] : [];
  });
  if (messages.length === 0 || messages.length < receipts.length) return undefined;
  for (const message of messages) {
    message.visibleAt = now + visibility * 1000;
    enqueue(queue, message, now);
  }
  return messages;
}

/** Keeps the answer to an attempt that got messages. */
export function rememberAttempt(
  { fifo }: Queue,
  { attempt, messages }: { attempt: string | undefined; messages: Message[] },
  call: SqsCall,
): void {
  if (!fifo || attempt === undefined || messages.length === 0) return;
  const receipts = messages.map(({ id, receipt = '' }): [string, string] => [id, receipt]);
  fifo.attempts.delete(attempt);
  fifo.attempts.set(attempt, { at: call.now().getTime(), receipts });
}
