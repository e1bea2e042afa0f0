import type { MessageAttributeValue, SQS } from '@aws-sdk/client-sqs';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** A message in a queue; times are milliseconds of simulated time. */
export interface Message {
  id: string;
  body: string;
  attributes: Record<string, MessageAttributeValue>;
  /** SenderId, SentTimestamp, AWSTraceHeader, MessageGroupId, SequenceNumber, DeadLetterQueueSourceArn and so on. */
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
  /** Where it stands; set by the waiting line only. */
  stands?: Standing;
}

/** Ready to be received, hidden because it was received, or hidden because it is delayed. */
export type Standing = 'visible' | 'inFlight' | 'delayed';

/** A message group of a FIFO queue. */
export interface Group {
  /** All its messages, in order. */
  line: string[];
  /** How many are in flight: while there are any, the group is locked. */
  inFlight: number;
}

/** What a FIFO queue keeps besides its messages. */
export interface Fifo {
  groups: Map<string, Group>;
  /** Groups with something to hand out, in the order of their turn. */
  open: Set<string>;
  /** What was sent in the last five minutes, by what makes it the same. */
  sent: Map<string, { at: number; id: string; sequence: string }>;
  /** Answers to receive attempts of the last five minutes: id and receipt handle. */
  attempts: Map<string, { at: number; receipts: [string, string][] }>;
  /** Sequence numbers given out so far. */
  issued: number;
}

/** What happened in the queue since its metrics were published last. */
export interface Activity {
  sent: number;
  received: number;
  deleted: number;
  emptyReceives: number;
  sizes: { count: number; sum: number; least: number; most: number };
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
  /** The newest data key, encrypted by the queue's KMS key. */
  dataKey?: Uint8Array;
  tags: Record<string, string>;
  messages: Map<string, Message>;
  /** Messages to hand out next, in order; `head` is the first that was not yet taken. */
  ready: { places: Place[]; head: number };
  /** Binary heap by time of those that are hidden. */
  hidden: Place[];
  fifo?: Fifo;
  /** How many messages stand where. */
  counts?: Record<Standing, number>;
  /** Whether some message is older than one that came before it (moved from another queue). */
  isMixed?: boolean;
  activity?: Activity | undefined;
  /** Levels as last published, by metric. */
  levels?: Record<string, number>;
  /** When the timer for hidden messages is due. */
  watchedUntil?: number | undefined;
}

export interface SqsState {
  queues: Map<string, Queue>;
  /** When a queue of this name was deleted, because the name is blocked for a minute. */
  deleted: Map<string, number>;
  /** Newest last. */
  moveTasks?: MoveTask[];
  /** Queues whose metrics are to be published. */
  active?: Set<string>;
}

/** Messages on their way out of a dead-letter queue. */
export interface MoveTask {
  id: string;
  sourceArn: string;
  /** Without it every message goes back to the queue that it came from. */
  destinationArn?: string;
  /** Messages a second, when the caller limited them. */
  rate?: number;
  startedAt: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  moved: number;
  toMove: number;
  failure?: string;
}

export const createState = (): SqsState => ({ queues: new Map(), deleted: new Map() });

export type SqsHandlers = Handlers<SQS, SqsState>;
export type SqsCall = Call<SqsState>;

export const queueArn = ({ region, accountId, name }: Queue): string =>
  `arn:aws:sqs:${region}:${accountId}:${name}`;
