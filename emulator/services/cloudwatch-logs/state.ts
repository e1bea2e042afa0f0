import type { CloudWatchLogs, Distribution, StandardUnit } from '@aws-sdk/client-cloudwatch-logs';
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

/** What a metric filter makes of each event that matches. */
export interface Transformation {
  metricName: string;
  metricNamespace: string;
  /** A number, or a selector. */
  metricValue: string;
  defaultValue?: number;
  /** Name → selector. */
  dimensions: Record<string, string>;
  unit?: StandardUnit;
}

export interface MetricFilter {
  name: string;
  pattern: string;
  transformation: Transformation;
  createdAt: number;
  /** The minute in which events arrived last, when the filter has a default value. */
  minute?: { start: number; hasMatched: boolean };
}

export interface SubscriptionFilter {
  name: string;
  pattern: string;
  destinationArn: string;
  roleArn?: string;
  distribution: Distribution;
  createdAt: number;
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
  metricFilters: Map<string, MetricFilter>;
  subscriptionFilters: Map<string, SubscriptionFilter>;
}

/** Stands for a Kinesis or Firehose stream that other accounts may subscribe to. */
export interface Destination {
  name: string;
  targetArn: string;
  roleArn: string;
  accessPolicy?: string;
  createdAt: number;
  tags: Record<string, string>;
}

interface StoredPolicy {
  document: string;
  updatedAt: number;
}

export interface QueryDefinition {
  id: string;
  name: string;
  queryString: string;
  logGroupNames: string[];
  modifiedAt: number;
}

/** An Insights query with its answer; times are seconds where AWS says so. */
export interface Query {
  id: string;
  queryString: string;
  groups: string[];
  startTime: number;
  endTime: number;
  createdAt: number;
  /** The most rows of the answer. */
  limit: number;
  status: 'Complete' | 'Cancelled' | 'Running';
  results: { field: string; value: string }[][];
  statistics: { recordsMatched: number; recordsScanned: number; bytesScanned: number };
}

export interface LogsState {
  groups: Map<string, Group>;
  destinations: Map<string, Destination>;
  resourcePolicies: Map<string, StoredPolicy>;
  queryDefinitions: Map<string, QueryDefinition>;
  queries: Map<string, Query>;
  /** Of the next event. */
  sequence: number;
}

export const createState = (): LogsState => ({
  groups: new Map(),
  destinations: new Map(),
  resourcePolicies: new Map(),
  queryDefinitions: new Map(),
  queries: new Map(),
  sequence: 0,
});

export type LogsHandlers = Handlers<CloudWatchLogs, LogsState>;
export type LogsCall = Call<LogsState>;
