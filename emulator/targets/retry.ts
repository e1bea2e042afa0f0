/** How often and how long AWS tries; its defaults are 185 times and a day. */
export interface RetryPolicy {
  MaximumRetryAttempts?: number | undefined;
  MaximumEventAgeInSeconds?: number | undefined;
}

/** A delivery so far: how often it was tried, and when first, in milliseconds. */
export interface Tries {
  attempts: number;
  firstAt: number;
}

/** What ended the attempts; AWS's own names, which stand in the dead letter. */
export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** Seconds; doubling up to this pause spreads 185 retries over the day that AWS gives them. */
const longestPause = 480;

/** When to try again, or which bound is reached. The pause doubles from one second. */
export function nextTry(
  { attempts, firstAt }: Tries,
  policy: RetryPolicy | undefined,
  now: Date,
): Date | Exhausted {
  const { MaximumRetryAttempts: most = 185, MaximumEventAgeInSeconds: age = 86_400 } = policy ?? {};
  if (attempts > most) return 'MaximumRetryAttempts';
  const end = firstAt + age * 1000;
  if (now.getTime() >= end) return 'MaximumEventAgeInSeconds';
  const pause = Math.min(2 ** (attempts - 1), longestPause) * 1000;
  return new Date(Math.min(now.getTime() + pause, end));
}
