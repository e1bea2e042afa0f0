import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type { Alarm } from './alarms/alarm';
import type { HistoryItem } from './alarms/history';
import type { Detector } from './anomaly/detector';
import type { Dashboard } from './dashboards/dashboard';
import type { StoredMetric } from './metrics/stored-metric';

export interface CloudWatchState {
  /** By namespace, name and dimensions. */
  metrics: Map<string, StoredMetric>;
  /** By what they watch. */
  detectors: Map<string, Detector>;
  alarms: Map<string, Alarm>;
  /** What happened to alarms, the oldest first; of deleted ones too. */
  history: HistoryItem[];
  /** Of the whole account, in us-east-1 only. */
  dashboards: Map<string, Dashboard>;
}

export const createState = (): CloudWatchState => ({
  metrics: new Map(),
  detectors: new Map(),
  alarms: new Map(),
  history: [],
  dashboards: new Map(),
});

export type CloudWatchHandlers = Handlers<CloudWatch, CloudWatchState>;
export type CloudWatchCall = Call<CloudWatchState>;
