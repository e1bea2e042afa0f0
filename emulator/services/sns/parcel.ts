import type { MessageAttributeValue } from '@aws-sdk/client-sns';

/** What goes to one endpoint; it lies in a timer while it waits to be tried again. */
export interface Parcel {
  subscriptionArn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  messageId: string;
  /** `Notification`, `SubscriptionConfirmation` or `UnsubscribeConfirmation`. */
  type: string;
  body: string;
  isRaw: boolean;
  /** Attributes beside the body, which only a raw delivery to a queue has. */
  attributes: Record<string, MessageAttributeValue>;
  group?: string;
  deduplicationId?: string;
  /** Deliveries tried so far. */
  tries: number;
}

/** `refused` is final; after `failed` it is tried again. */
export type Outcome = 'delivered' | 'refused' | 'failed';

interface ServiceError extends Error {
  $fault?: 'client' | 'server';
}

/** SNS tries again what is the endpoint's fault, and gives up on what is its own. */
export async function outcomeOf(sending: Promise<unknown>): Promise<Outcome> {
  try {
    await sending;
    return 'delivered';
  } catch (error) {
    const { $fault: fault, name } = error as ServiceError;
    if (fault === undefined) throw error;
    return fault === 'server' || /Throttl|TooManyRequests/.test(name) ? 'failed' : 'refused';
  }
}
