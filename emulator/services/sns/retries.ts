import { parseObject } from '../../json';
import type { Subscription, Topic } from './state';

/** How often and how long apart a delivery is tried again; delays in seconds. */
interface RetryPolicy {
  numRetries: number;
  numNoDelayRetries: number;
  numMinDelayRetries: number;
  numMaxDelayRetries: number;
  minDelayTarget: number;
  maxDelayTarget: number;
  backoffFunction: string;
}

/** For endpoints that AWS runs: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const toServices: RetryPolicy = {
  numRetries: 100_015,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 100_000,
  minDelayTarget: 1,
  maxDelayTarget: 20,
  backoffFunction: 'exponential',
};

const toWebServers: RetryPolicy = {
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
  minDelayTarget: 20,
  maxDelayTarget: 20,
  backoffFunction: 'linear',
};

/** Milliseconds before the given retry (1 is the first), or nothing when there is none. */
export function delayBefore(
  retry: number,
  { topic, subscription }: { topic: Topic | undefined; subscription: Subscription },
): number | undefined {
  const isWeb = subscription.protocol === 'http' || subscription.protocol === 'https';
  const policy = isWeb ? webPolicy(topic, subscription) : toServices;
  return retry > policy.numRetries ? undefined : delayOf(retry, policy) * 1000;
}

function delayOf(retry: number, policy: RetryPolicy): number {
  const { minDelayTarget: least, maxDelayTarget: most } = policy;
  const afterMin = policy.numNoDelayRetries + policy.numMinDelayRetries;
  const backingOff = policy.numRetries - afterMin - policy.numMaxDelayRetries;
  if (retry <= policy.numNoDelayRetries) return 0;
  if (retry <= afterMin) return least;
  if (retry > afterMin + backingOff) return most;
  const part = (retry - afterMin) / Math.max(backingOff, 1);
  return policy.backoffFunction === 'exponential'
    ? least * (most / Math.max(least, 1)) ** part
    : least + (most - least) * part;
}

/** A subscription's own policy goes before its topic's, and either before SNS's. */
function webPolicy(topic: Topic | undefined, { attributes }: Subscription): RetryPolicy {
  const ofTopic = parseObject(topic?.attributes['DeliveryPolicy'] ?? '')?.['http'];
  const common = (ofTopic as Record<string, unknown> | undefined)?.['defaultHealthyRetryPolicy'];
  const own = parseObject(attributes['DeliveryPolicy'] ?? '')?.['healthyRetryPolicy'];
  return { ...toWebServers, ...(common as Partial<RetryPolicy>), ...(own as Partial<RetryPolicy>) };
}
