/** Why a delivery failed, as the attributes of a dead letter say it. */
export interface Failure {
  code: string;
  /** The name of the error as the service gave it. */
  name: string;
  message: string;
  /** AWS tries again after throttling and after errors of the target's own. */
  isRetryable: boolean;
}

/** What another service answered, as a failure; anything else is a mistake of ours and thrown on. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error && '$fault' in error)) throw error;
  const { name, message } = error;
  const isThrottled = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name);
  const isRetryable = isThrottled || statusOf(error) >= 500;
  return { code: isThrottled ? 'THROTTLING' : codeOf(name), name, message, isRetryable };
}

function statusOf(error: Error): number {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode ?? 400;
}

function codeOf(name: string): string {
  if (/AccessDenied|AuthorizationError|Unauthorized|NotAuthorized/.test(name))
    return 'NO_PERMISSIONS';
  if (/NotFound|DoesNotExist|NonExistent/.test(name)) return 'NO_RESOURCE';
  return /Invalid|Validation/.test(name) ? 'INVALID_PARAMETER' : 'ERROR_FROM_TARGET';
}
