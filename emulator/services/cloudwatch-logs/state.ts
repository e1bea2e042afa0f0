import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** One log event; times are milliseconds. `sequence` orders events of the same time, and names them. */
export interface LogEvent {
  timestamp: number;
  ingestionTime: number;
  message: string;
  sequence: number;
}

/** Events that lie in a write-once body; chunks of a stream may overlap in time. */
export interface Chunk {
  ref: string;
  first: number;
  last: number;
  bytes: number;
}

export interface Stream {
  name: string;
  createdAt: number;
  firstEventAt?: number;
  lastEventAt?: number;
  lastIngestedAt?: number;
  chunks: Chunk[];
  /** The newest events, in the order in which they arrived. */
  open: LogEvent[];
  openBytes: number;
}

export interface Group {
  name: string;
  class: 'STANDARD' | 'INFREQUENT_ACCESS';
  createdAt: number;
  retentionInDays?: number;
  /** Events before this time had expired when the retention was last changed. */
  expiredBefore: number;
  kmsKeyId?: string;
  isProtected: boolean;
  tags: Record<string, string>;
  streams: Map<string, Stream>;
}

export interface LogsState {
  groups: Map<string, Group>;
  /** Of the next event. */
  sequence: number;
}

export const createState = (): LogsState => ({ groups: new Map(), sequence: 0 });

export type LogsHandlers = Handlers<CloudWatchLogs, LogsState>;
export type LogsCall = Call<LogsState>;
