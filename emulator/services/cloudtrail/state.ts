import type { CloudTrail, EventSelector, InsightSelector } from '@aws-sdk/client-cloudtrail';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** How the last deliveries to one place went. */
export interface Delivery {
  attemptedAt?: Date;
  succeededAt?: Date;
  /** The other service's error code. */
  error?: string;
}

export interface Trail {
  name: string;
  arn: string;
  bucket: string;
  prefix?: string | undefined;
  includesGlobal: boolean;
  isMultiRegion: boolean;
  validatesFiles: boolean;
  logGroupArn?: string | undefined;
  logRoleArn?: string | undefined;
  kmsKeyId?: string | undefined;
  topicName?: string | undefined;
  tags: Record<string, string>;
  selectors: EventSelector[];
  insights?: InsightSelector[];
  isLogging: boolean;
  startedAt?: Date;
  stoppedAt?: Date;
  toBucket: Delivery;
  toLogs: Delivery;
}

/** CloudTrail's state in one account and Region: the trails whose home it is. */
export interface CloudTrailState {
  trails: Map<string, Trail>;
  /** Trail ARN → id of the first request of this Region that is not delivered yet. */
  undelivered: Map<string, string>;
}

export const createState = (): CloudTrailState => ({ trails: new Map(), undelivered: new Map() });

export type CloudTrailHandlers = Handlers<CloudTrail, CloudTrailState>;
export type CloudTrailCall = Call<CloudTrailState>;
