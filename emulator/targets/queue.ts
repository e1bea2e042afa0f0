import type { SQS } from '@aws-sdk/client-sqs';
import { parseArn } from '../arn';
import type { Caller } from '../principal';
import { queueUrlAt } from '../queue-address';
import type { Target, TargetCall } from './target';

export const queue: Target = {
  service: 'sqs',
  async send({ arn, input, messageGroupId }, caller, call) {
    await sendToQueue({ queueArn: arn, body: input, messageGroupId }, caller, call);
  },
};

interface Sent {
  queueArn: string;
  body: string;
  attributes?: Record<string, string>;
  messageGroupId?: string | undefined;
}

/** Sends to the queue of an ARN, in its own Region. */
export async function sendToQueue(
  { queueArn, body, attributes = {}, messageGroupId }: Sent,
  caller: Caller,
  call: TargetCall,
): Promise<void> {
  const { accountId = '', resource: name = '', region = call.region } = parseArn(queueArn) ?? {};
  await call.client<SQS>('sqs', { ...caller, region }).sendMessage({
    QueueUrl: queueUrlAt(call.endpoint, { accountId, name }),
    MessageBody: body,
    ...(messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId }),
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes)
        // SQS takes no empty attribute.
        .filter(([, value]) => value !== '')
        .map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
    ),
  });
}
