import { table } from '../../../table';

/**
 * Metrics that say how high something stands, which AWS measures every minute. Services here
 * publish them only when they change, so a minute without data carries the last value on.
 */
const levels: Record<string, RegExp> = table({
  'AWS/SQS': /^(ApproximateNumberOfMessages|ApproximateAgeOfOldestMessage)/,
  'AWS/AutoScaling': /^Group/,
});

/** An age in seconds, which goes on growing while there is something that ages. */
export const isAge = ({ name }: { name: string }): boolean => name.startsWith('ApproximateAge');

/** How long a level is carried on, in milliseconds: AWS stops measuring a queue that is idle as long. */
export const levelsHoldFor = 6 * 3600_000;

export const isLevel = ({ namespace, name }: { namespace: string; name: string }): boolean =>
  levels[namespace]?.test(name) ?? false;
