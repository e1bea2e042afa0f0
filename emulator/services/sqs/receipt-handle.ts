import { ReceiptHandleIsInvalid } from '@aws-sdk/client-sqs';
import { refuse } from '../../refuse';
import { type Message, type Queue, queueArn, type SqsCall } from './state';

/** A handle for this receipt of the message; opaque to callers, as AWS's is. */
export const newReceipt = (queue: Queue, message: Message, call: SqsCall): string =>
  Buffer.from(`${call.random.uuid()} ${queueArn(queue)} ${message.id}`).toString('base64');

/** The message that a handle was given out for; nothing when it is gone. */
export function messageOf(
  queue: Queue,
  handle: string | undefined,
): { message: Message; isNewest: boolean } | undefined {
  const [, arn, id = ''] = Buffer.from(handle ?? '', 'base64')
    .toString()
    .split(' ');
  if (arn !== queueArn(queue))
    throw refuse(
      ReceiptHandleIsInvalid,
      `The input receipt handle "${handle ?? ''}" is not a valid receipt handle.`,
    );
  const message = queue.messages.get(id);
  return message && { message, isNewest: message.receipt === handle };
}
