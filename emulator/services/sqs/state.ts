import type { MessageAttributeValue, SQS } from '@aws-sdk/client-sqs';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** A message in a queue; times are milliseconds of simulated time. */
export interface Message {
  id: string;
  body: string;
  attributes: Record<string, MessageAttributeValue>;
  /** SenderId, SentTimestamp, AWSTraceHeader, MessageGroupId, DeadLetterQueueSourceArn. */
  system: Record<string, string>;
  sentAt: number;
  size: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Hidden until then: delayed when it was never received, in flight otherwise. */
  visibleAt: number;
  /** Counts its moves, so that an old entry of a waiting line is known to be stale. */
  turn: number;
  /** The newest receipt handle. */
  receipt?: string;
}

/** An entry of a waiting line; stale when the message has moved on. */
export interface Place {
  id: string;
  turn: number;
  at: number;
}

export interface Queue {
  name: string;
  accountId: string;
  region: string;
  createdAt: number;
  modifiedAt: number;
  purgedAt?: number;
  /** Only what was set and is not computed; defaults are filled in when read. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  messages: Map<string, Message>;
  /** Messages to hand out next, in order; `head` is the first that was not yet taken. */
  ready: { places: Place[]; head: number };
  /** Binary heap by time of those that are hidden. */
  hidden: Place[];
  /** When the timer for hidden messages is due. */
  watchedUntil?: number | undefined;
}

export interface SqsState {
  queues: Map<string, Queue>;
  /** When a queue of this name was deleted, because the name is blocked for a minute. */
  deleted: Map<string, number>;
}

export const createState = (): SqsState => ({ queues: new Map(), deleted: new Map() });

export type SqsHandlers = Handlers<SQS, SqsState>;
export type SqsCall = Call<SqsState>;

export const queueArn = ({ region, accountId, name }: Queue): string =>
  `arn:aws:sqs:${region}:${accountId}:${name}`;
