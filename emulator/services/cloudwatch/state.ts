import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type { StoredMetric } from './metrics/stored-metric';

export interface CloudWatchState {
  /** By namespace, name and dimensions. */
  metrics: Map<string, StoredMetric>;
}

export const createState = (): CloudWatchState => ({ metrics: new Map() });

export type CloudWatchHandlers = Handlers<CloudWatch, CloudWatchState>;
export type CloudWatchCall = Call<CloudWatchState>;
