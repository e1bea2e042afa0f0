import type { Outcome, Parcel } from './parcel';

/** A web server must answer within 15 seconds of real time. */
const patience = 15_000;

/** Posts to a web server on this machine, with the headers that SNS sends. */
export async function post(parcel: Parcel): Promise<Outcome> {
  try {
    const { status, body } = await fetch(parcel.endpoint, {
      method: 'POST',
      headers: headersOf(parcel),
      body: parcel.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    await body?.cancel();
    return outcomeOf(status);
  } catch {
    // No connection or no answer in time; which one is nothing that SNS tells.
    return 'failed';
  }
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html: a 4xx other than 429 is final. */
function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 400 && status < 500 && status !== 429 ? 'refused' : 'failed';
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-header */
const headersOf = ({ type, messageId, topicArn, subscriptionArn, isRaw }: Parcel) => ({
  'x-amz-sns-message-type': type,
  'x-amz-sns-message-id': messageId,
  'x-amz-sns-topic-arn': topicArn,
  ...(type === 'SubscriptionConfirmation' ? {} : { 'x-amz-sns-subscription-arn': subscriptionArn }),
  ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
  'content-type': 'text/plain; charset=UTF-8',
  'user-agent': 'Amazon Simple Notification Service Agent',
});

/** Whether the address is one of this machine; nothing is sent elsewhere. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
