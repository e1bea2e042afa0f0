import type { Permission } from '../../service';
import { invalid, notFound } from './errors';
import type { SnsCall, Subscription, Topic } from './state';

/** The topic of an ARN, in whatever account it lies. */
export function findTopic(arn: string | undefined, call: SnsCall, member = 'TopicArn'): Topic {
  const topic = topicHere(arn, call, member);
  if (!topic) throw notFound('Topic');
  return topic;
}

/** The topic of an ARN of this Region, if there is one. */
export function topicHere(
  arn: string | undefined,
  call: SnsCall,
  member = 'TopicArn',
): Topic | undefined {
  checkArn(arn, member);
  if (regionOf(arn ?? '') !== call.region) throw invalid(member);
  return topicByArn(arn ?? '', call);
}

export function topicByArn(arn: string, call: SnsCall): Topic | undefined {
  const [, , service, region = '', accountId = '', name = ''] = arn.split(':');
  return service === 'sns' && accountId
    ? call.stateOf(accountId, region).topics.get(name)
    : undefined;
}

/** The subscription of an ARN, which is its topic's ARN with one more part. */
export function findSubscription(arn: string | undefined, call: SnsCall): Subscription {
  if (arn === undefined || arn === '')
    throw invalid('SubscriptionArn Reason: no value for required parameter');
  checkArn(arn, 'SubscriptionArn');
  const found = topicOfSubscription(arn, call)?.subscriptions.get(arn);
  if (!found) throw notFound('Subscription');
  return found;
}

export const topicOfSubscription = (arn: string, call: SnsCall): Topic | undefined =>
  topicByArn(arn.slice(0, arn.lastIndexOf(':')), call);

export function checkArn(arn: string | undefined, member: string): void {
  const elements = (arn ?? '').split(':').length;
  if (elements < 6)
    throw invalid(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
}

export const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

/** One action on the topic that the input names; a topic that is not there is the handler's. */
export const onTopic =
  (action: string) =>
  (
    input: { TopicArn?: string | undefined; TargetArn?: string | undefined },
    call: SnsCall,
  ): Permission[] => {
    const topic = topicByArn(input.TopicArn ?? input.TargetArn ?? '', call);
    return topic ? [{ action: `sns:${action}`, resources: [topic.arn] }] : [];
  };

/**
 * Alarms act for the account that owns them and say so by `aws:SourceOwner`, which the default
 * policy of a topic asks for; other services say `aws:SourceAccount`, which it does not know.
 */
export const onPublish: ReturnType<typeof onTopic> = (input, call) => {
  const { principal, accountId } = call;
  const isAlarm = principal.type === 'service' && principal.service === 'cloudwatch.amazonaws.com';
  return onTopic('Publish')(input, call).map((permission) =>
    isAlarm ? { ...permission, context: { 'aws:SourceOwner': accountId } } : permission,
  );
};

export const onSubscription =
  (action: string) =>
  ({ SubscriptionArn = '' }: { SubscriptionArn?: string | undefined }, call: SnsCall) => {
    const topic = topicOfSubscription(SubscriptionArn, call);
    return topic ? [{ action: `sns:${action}`, resources: [topic.arn] }] : [];
  };
