import type { Lambda } from '@aws-sdk/client-lambda';
import type { SQS } from '@aws-sdk/client-sqs';
import { parseArn } from '../../arn';
import { queueUrlAt } from '../../queue-address';
import { type Outcome, outcomeOf, type Parcel } from './parcel';
import type { SnsCall } from './state';
import { post } from './web';
import { table } from '../../table';

type Carrier = (parcel: Parcel, call: SnsCall) => Promise<Outcome>;

/** Who brings a message to an endpoint; there is no mailbox and no phone. */
export const carriers: Record<string, Carrier> = table({
  sqs: (parcel, call) => sendToQueue(parcel.endpoint, parcel, call),
  lambda: invoke,
  http: post,
  https: post,
});

const asSns = (parcel: Parcel, call: SnsCall, arn: string) => ({
  ...call.asService('sns.amazonaws.com', parcel.topicArn),
  region: parseArn(arn)?.region ?? call.region,
});

/** The queue's policy decides, because SNS sends as itself and names the topic. */
export function sendToQueue(queueArn: string, parcel: Parcel, call: SnsCall): Promise<Outcome> {
  const { accountId = '', resource: name = '' } = parseArn(queueArn) ?? {};
  const sqs = call.client<SQS>('sqs', asSns(parcel, call, queueArn));
  return outcomeOf(
    sqs.sendMessage({
      QueueUrl: queueUrlAt(call.endpoint, { accountId, name }),
      MessageBody: parcel.body,
      MessageAttributes: parcel.attributes,
      ...orderOf(parcel, name.endsWith('.fifo')),
    }),
  );
}

/** A standard queue gets the group of a standard topic only. */
function orderOf({ group, deduplicationId }: Parcel, isFifoQueue: boolean) {
  if (group === undefined || (deduplicationId !== undefined && !isFifoQueue)) return {};
  return {
    MessageGroupId: group,
    ...(isFifoQueue ? { MessageDeduplicationId: deduplicationId } : {}),
  };
}

/** The function's policy decides; SNS does not wait for the function to end. */
function invoke(parcel: Parcel, call: SnsCall): Promise<Outcome> {
  const lambda = call.client<Lambda>('lambda', asSns(parcel, call, parcel.endpoint));
  return outcomeOf(
    lambda.invoke({
      FunctionName: parcel.endpoint,
      InvocationType: 'Event',
      Payload: Buffer.from(lambdaEvent(parcel)),
    }),
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function lambdaEvent({ body, subscriptionArn }: Parcel): string {
  const { SigningCertURL, UnsubscribeURL, ...message } = JSON.parse(body) as Record<
    string,
    unknown
  >;
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Subject: null,
          MessageAttributes: {},
          ...message,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
        },
      },
    ],
  });
}
