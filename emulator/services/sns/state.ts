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

/** What a FIFO topic keeps. */
export interface FifoTopic {
  /** What was published in the last five minutes, by what makes it the same. */
  published: Map<string, { at: number; id: string; sequence: string }>;
  /** Sequence numbers given out so far. */
  issued: number;
}

/** What happened in a topic since its metrics were published last. */
export interface Activity {
  published: number;
  bytes: number;
  delivered: number;
  failed: number;
  filteredOut: number;
  redriven: number;
  notRedriven: number;
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
  /** Subscriptions of web servers that were ended and may be taken up again. */
  ended?: Subscription[];
  fifo?: FifoTopic;
  activity?: Activity | undefined;
}

export interface SnsState {
  topics: Map<string, Topic>;
  /** Topics whose metrics are to be published. */
  active?: Set<string>;
}

export const createState = (): SnsState => ({ topics: new Map() });

export type SnsHandlers = Handlers<SNS, SnsState>;
export type SnsCall = Call<SnsState>;
