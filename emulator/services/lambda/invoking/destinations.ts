import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { SNS } from '@aws-sdk/client-sns';
import type { MessageAttributeValue, SQS } from '@aws-sdk/client-sqs';
import { parseArn } from '../../../arn';
import type { Caller } from '../../../principal';
import { queueUrlAt } from '../../../queue-address';
import type { LambdaCall } from '../state';
import { table } from '../../../table';

type Attributes = Record<string, MessageAttributeValue>;

/** A record for a destination, or a body with attributes for a dead-letter queue. */
export type Message =
  | {
      arn: string;
      record: (at: Date) => object;
      functionArn: string;
      isSuccess: boolean;
    }
  | { arn: string; body: string; attributes: Attributes };

interface Sent {
  arn: string;
  body: string;
  attributes?: Attributes;
  functionArn?: string;
  isSuccess?: boolean;
}

/** Sends it as the caller, by the service in the ARN; throws what that service answers. */
export async function send(message: Message, as: Caller, call: LambdaCall): Promise<void> {
  const { service = '', region = call.region } = parseArn(message.arn) ?? {};
  const sent: Sent =
    'record' in message
      ? { ...message, body: JSON.stringify(message.record(call.now())) }
      : message;
  await senders[service]?.(sent, { ...as, region }, call);
}

type Sender = (sent: Sent, as: Caller & { region: string }, call: LambdaCall) => Promise<unknown>;

const senders: Record<string, Sender> = table({
  sqs({ arn, body: MessageBody, attributes: MessageAttributes }, as, call) {
    const { accountId = '', resource: name = '' } = parseArn(arn) ?? {};
    const QueueUrl = queueUrlAt(call.endpoint, { accountId, name });
    return call.client<SQS>('sqs', as).sendMessage({ QueueUrl, MessageBody, MessageAttributes });
  },

  sns({ arn: TopicArn, body: Message, attributes: MessageAttributes }, as, call) {
    return call.client<SNS>('sns', as).publish({ TopicArn, Message, MessageAttributes });
  },

  lambda({ arn: FunctionName, body: Payload }, as, call) {
    return call
      .client<Lambda>('lambda', as)
      .invoke({ FunctionName, InvocationType: 'Event', Payload });
  },

  events({ arn, body: Detail, functionArn = '', isSuccess = false }, as, call) {
    const outcome = isSuccess ? 'Success' : 'Failure';
    return call.client<EventBridge>('eventbridge', as).putEvents({
      Entries: [
        {
          EventBusName: arn,
          Source: 'lambda',
          DetailType: `Lambda Function Invocation Result - ${outcome}`,
          Resources: [arn, functionArn],
          Detail,
        },
      ],
    });
  },
});
