import type { SQS } from '@aws-sdk/client-sqs';
import { parseArn } from '../../../arn';
import type { Caller } from '../../../principal';
import { queueUrlAt } from '../../../queue-address';
import type { EventBridgeCall } from '../state';
import type { TargetKind } from './kind';

export const queue: TargetKind = {
  async send(input, { target, caller, call }) {
    await sendToQueue({ queueArn: target.Arn ?? '', body: input }, caller, call);
  },
};

interface Sent {
  queueArn: string;
  body: string;
  attributes?: Record<string, string>;
}

/** Sends to the queue of an ARN, in its own Region. */
export async function sendToQueue(
  { queueArn, body, attributes = {} }: Sent,
  caller: Caller,
  call: EventBridgeCall,
): Promise<void> {
  const { accountId = '', resource: name = '', region = call.region } = parseArn(queueArn) ?? {};
  await call.client<SQS>('sqs', { ...caller, region }).sendMessage({
    QueueUrl: queueUrlAt(call.endpoint, { accountId, name }),
    MessageBody: body,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([key, StringValue]) => [
        key,
        { DataType: 'String', StringValue },
      ]),
    ),
  });
}
