import type { MetricStat } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchCall } from '../state';
import { type Detector, type Watched, watchedBy, watchedKey } from './detector';

/** The detector of a metric's statistic, made when there is none. */
export const ensureDetector = (stat: MetricStat, call: CloudWatchCall): Detector =>
  openDetector(watchedBy(stat), call);

export function openDetector(watches: Watched, { state, random }: CloudWatchCall): Detector {
  const key = watchedKey(watches);
  const known = state.detectors.get(key);
  if (known) return known;
  const detector = { id: random.uuid(), watches, configuration: {} };
  state.detectors.set(key, detector);
  return detector;
}
