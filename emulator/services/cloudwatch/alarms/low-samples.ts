import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';

/**
 * Whether too few values stand behind a percentile to mean anything, for an alarm that is to
 * ignore that: AWS wants 10 / (1 - p) of them in the upper half and 10 / p in the lower.
 */
export function hasFewSamples(
  { ExtendedStatistic = '', EvaluateLowSampleCountPercentile }: PutMetricAlarmInput,
  points: readonly { samples?: number }[],
): boolean {
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(ExtendedStatistic) ?? [];
  if (EvaluateLowSampleCountPercentile !== 'ignore' || percent === undefined) return false;
  const part = Number(percent) / 100;
  const wanted = part >= 0.5 ? 10 / (1 - part) : 10 / part;
  const newest = points.findLast(({ samples }) => samples !== undefined);
  // 1 - 0.99 is not quite 0.01.
  return newest?.samples !== undefined && newest.samples < wanted - 1e-6;
}
