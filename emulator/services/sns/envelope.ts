import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Publication } from './publication';
import type { SnsCall, Subscription } from './state';
import { table } from '../../table';

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
    ...(publication.sequence === undefined ? {} : { SequenceNumber: publication.sequence }),
    TopicArn: publication.topicArn,
    ...(publication.subject === undefined ? {} : { Subject: publication.subject }),
    Message: publication.messageFor(subscription.protocol),
    Timestamp: publication.at.toISOString(),
    ...signature(call),
    UnsubscribeURL: unsubscribeUrl(subscription, call),
    ...(attributes.length > 0 ? { MessageAttributes: attributesOf(attributes) } : {}),
  });
}

/** Addresses of SNS that whoever gets a message may visit; they end with what AWS's end with. */
const addressOf = (topicArn: string, { endpoint }: SnsCall): string =>
  `${endpoint}/SimpleNotificationService/${topicArn}/`;

const unsubscribeUrl = ({ arn, topicArn }: Subscription, call: SnsCall): string =>
  `${addressOf(topicArn, call)}?Action=Unsubscribe&SubscriptionArn=${arn}`;

const confirmationTexts: Record<string, (subscription: Subscription) => string> = table({
  SubscriptionConfirmation: ({ topicArn }) =>
    `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
  UnsubscribeConfirmation: ({ arn }) =>
    `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
});

/** What an endpoint that is not the subscriber's own gets first, and a web server last. */
export function confirmationEnvelope(
  subscription: Subscription,
  { type, messageId }: { type: string; messageId: string },
  call: SnsCall,
): string {
  const { topicArn, token = '' } = subscription;
  return layOut({
    Type: type,
    MessageId: messageId,
    Token: token,
    TopicArn: topicArn,
    Message: confirmationTexts[type]?.(subscription),
    SubscribeURL: `${addressOf(topicArn, call)}?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
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
