import type { SNS } from '@aws-sdk/client-sns';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export interface Subscription {
  arn: string;
  topicArn: string;
  protocol: string;
  endpoint: string;
  /** Account of whoever subscribed. */
  owner: string;
  /** ARN of whoever subscribed. */
  principal: string;
  /** RawMessageDelivery, FilterPolicy, FilterPolicyScope, RedrivePolicy, DeliveryPolicy. */
  attributes: Record<string, string>;
  /** Set until the endpoint has confirmed. */
  token?: string;
}

export interface Topic {
  name: string;
  arn: string;
  accountId: string;
  region: string;
  createdAt: Date;
  /** What was set, Policy included; defaults are filled in when read. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  subscriptions: Map<string, Subscription>;
  /** How many subscriptions were deleted. */
  deleted: number;
}

export interface SnsState {
  topics: Map<string, Topic>;
}

export const createState = (): SnsState => ({ topics: new Map() });

export type SnsHandlers = Handlers<SNS, SnsState>;
export type SnsCall = Call<SnsState>;
