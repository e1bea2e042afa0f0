import type { SQS, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { parseArn } from '../../arn';
import { parseObject } from '../../json';
import { queueUrlAt } from '../../queue-address';
import { confirmationEnvelope, envelope } from './envelope';
import { lets } from './filter-policy';
import type { Publication } from './publication';
import type { SnsCall, Subscription, Topic } from './state';

type Content = Pick<SendMessageCommandInput, 'MessageBody' | 'MessageAttributes'>;

/** Hands the message to every confirmed queue whose filter lets it through, after the answer. */
export function deliver(topic: Topic, publication: Publication, call: SnsCall): void {
  // There is no mailbox and no phone: what goes to those subscribers ends here.
  const reached = [...topic.subscriptions.values()].filter(
    (one) => one.protocol === 'sqs' && one.token === undefined && lets(one, publication),
  );
  for (const subscription of reached)
    call.background(() =>
      deliverTo(subscription, contentFor(subscription, publication, call), call),
    );
}

/** Asks a queue of another account to confirm. */
export function deliverConfirmation(subscription: Subscription, call: SnsCall): void {
  const MessageBody = confirmationEnvelope(subscription, call);
  call.background(() => deliverTo(subscription, { MessageBody }, call));
}

function contentFor(subscription: Subscription, publication: Publication, call: SnsCall): Content {
  if (subscription.attributes['RawMessageDelivery']?.toLowerCase() !== 'true')
    return { MessageBody: envelope(publication, subscription, call) };
  return {
    MessageBody: publication.messageFor('sqs'),
    MessageAttributes: publication.attributes,
  };
}

/** A queue that refuses the message loses it, or its dead-letter queue gets it. */
async function deliverTo(
  subscription: Subscription,
  content: Content,
  call: SnsCall,
): Promise<void> {
  if (await isSent(subscription.endpoint, { content, subscription, call })) return;
  const deadLetters = parseObject(subscription.attributes['RedrivePolicy'] ?? '');
  const target = deadLetters?.['deadLetterTargetArn'];
  if (typeof target === 'string') await isSent(target, { content, subscription, call });
}

/** The queue's policy decides, because SNS sends as itself and names the topic. */
async function isSent(
  queueArn: string,
  { content, subscription, call }: { content: Content; subscription: Subscription; call: SnsCall },
): Promise<boolean> {
  const { accountId = '', resource: name = '', region = call.region } = parseArn(queueArn) ?? {};
  const caller = call.asService('sns.amazonaws.com', subscription.topicArn);
  const sqs = call.client<SQS>('sqs', { ...caller, region });
  try {
    await sqs.sendMessage({ QueueUrl: queueUrlAt(call.endpoint, { accountId, name }), ...content });
    return true;
  } catch (error) {
    if (error instanceof Error && '$fault' in error) return false;
    throw error;
  }
}
