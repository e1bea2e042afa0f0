import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Publication } from './publication';
import type { SnsCall, Subscription } from './state';

/**
 * The JSON that a subscriber gets around a message, laid out as AWS does. Nobody holds AWS's
 * private key here: the signature is a placeholder, and no certificate verifies it.
 */
export function envelope(
  publication: Publication,
  subscription: Subscription,
  call: SnsCall,
): string {
  const attributes = Object.entries(publication.attributes);
  return layOut({
    Type: 'Notification',
    MessageId: publication.id,
    TopicArn: publication.topicArn,
    ...(publication.subject === undefined ? {} : { Subject: publication.subject }),
    Message: publication.messageFor(subscription.protocol),
    Timestamp: publication.at.toISOString(),
    ...signature(call),
    UnsubscribeURL: `${call.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: attributesOf(attributes) } : {}),
  });
}

/** What an endpoint of another account gets first. */
export function confirmationEnvelope(subscription: Subscription, call: SnsCall): string {
  const { topicArn, token = '' } = subscription;
  return layOut({
    Type: 'SubscriptionConfirmation',
    MessageId: call.random.uuid(),
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${call.endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
    Timestamp: call.now().toISOString(),
    ...signature(call),
  });
}

const signature = ({ region }: SnsCall): Record<string, string> => ({
  SignatureVersion: '1',
  Signature: 'RU1VTEFURUQ=',
  SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000000000000.pem`,
});

const attributesOf = (attributes: [string, MessageAttributeValue][]): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(([name, { DataType = '', StringValue, BinaryValue }]) => [
      name,
      {
        Type: DataType,
        Value: StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64'),
      },
    ]),
  );

function layOut(members: Record<string, unknown>): string {
  const lines = Object.entries(members).map(
    ([name, value]) => `  ${JSON.stringify(name)} : ${layOutValue(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

function layOutValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([name, inner]) => `    ${JSON.stringify(name)} : ${JSON.stringify(inner)}`,
  );
  return `{\n${lines.join(',\n')}\n  }`;
}
