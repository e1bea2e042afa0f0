import type { MetricStat } from '@aws-sdk/client-cloudwatch';
import type { Span } from '../metrics/series';
import type { CloudWatchState } from '../state';
import { watchedBy, watchedKey } from './detector';

/** What the detector of a metric's statistic, if there is one, is not to learn from. */
export const excludedBy =
  ({ detectors }: CloudWatchState) =>
  (stat: MetricStat): Span[] => {
    const detector = detectors.get(watchedKey(watchedBy(stat)));
    return (detector?.configuration.ExcludedTimeRanges ?? []).flatMap(({ StartTime, EndTime }) =>
      StartTime && EndTime ? [{ start: StartTime.getTime(), end: EndTime.getTime() }] : [],
    );
  };
