import { parseObject } from '../../json';
import { invalid } from './errors';
import type { Topic } from './state';
import { defaultPolicy } from './topic-policy';
import { table } from '../../table';

const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

const checks: Record<string, (value: string) => boolean> = table({
  DisplayName: (value) => value.length <= 100,
  Policy: (value) => value === '' || parseObject(value) !== undefined,
  DeliveryPolicy: (value) => value === '' || parseObject(value) !== undefined,
  KmsMasterKeyId: () => true,
  SignatureVersion: (value) => value === '1' || value === '2',
  TracingConfig: (value) => value === 'PassThrough' || value === 'Active',
});

const fifoChecks: Record<string, (value: string) => boolean> = table({
  ContentBasedDeduplication: (value) => value === 'true' || value === 'false',
  FifoThroughputScope: (value) => value === 'Topic' || value === 'MessageGroup',
});

/** Checks one attribute that a caller wants to set. */
export function checkTopicAttribute(name: string, value: string, isFifo: boolean): void {
  const known = isFifo ? { ...checks, ...fifoChecks } : checks;
  const isFine = Object.hasOwn(known, name) && known[name];
  if (!isFine) throw invalid('AttributeName');
  if (!isFine(value)) throw invalid(`Attributes Reason: ${name}`);
}

/** All attributes as GetTopicAttributes answers them. */
export function settingsOf(topic: Topic): Record<string, string> {
  const subscriptions = [...topic.subscriptions.values()];
  const pending = subscriptions.filter(({ token }) => token !== undefined).length;
  return {
    Policy: policyOf(topic),
    Owner: topic.accountId,
    SubscriptionsPending: String(pending),
    TopicArn: topic.arn,
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    DisplayName: '',
    ...(topic.fifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false' } : {}),
    SubscriptionsDeleted: String(topic.deleted),
    ...topic.attributes,
  };
}

/** The policy in force. */
export const policyOf = (topic: Topic): string =>
  topic.attributes['Policy'] ?? defaultPolicy(topic.arn, topic.accountId);
