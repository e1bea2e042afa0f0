import { ThrottleReason, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { functionArn } from '../find-function';
import type { LambdaCall, LambdaFunction } from '../state';

/** How many invocations of each function run at this moment; nothing of it outlives a restart. */
class Running {
  private readonly counts = new Map<string, number>();

  of(arn: string): number {
    return this.counts.get(arn) ?? 0;
  }

  total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  change(arn: string, by: number): void {
    const count = this.of(arn) + by;
    if (count > 0) this.counts.set(arn, count);
    else this.counts.delete(arn);
  }

  close(): void {
    this.counts.clear();
  }
}

const runningOf = ({ runtime }: LambdaCall): Running =>
  runtime.keep('lambda-running', () => new Running());

/** How many run: of this function, and of all. */
export interface Concurrency {
  ofFunction: number;
  total: number;
}

/** Runs a task that counts against the function's reserved concurrency, or throws as throttled. */
export async function counted<T>(
  fn: LambdaFunction,
  call: LambdaCall,
  task: (concurrency: Concurrency) => Promise<T>,
): Promise<T> {
  const running = runningOf(call);
  const arn = functionArn(fn.name, call);
  if (fn.reservedConcurrency !== undefined && running.of(arn) >= fn.reservedConcurrency)
    throw throttled();
  running.change(arn, 1);
  try {
    return await task({ ofFunction: running.of(arn), total: running.total() });
  } finally {
    running.change(arn, -1);
  }
}

const throttled = (): Error =>
  new TooManyRequestsException({
    message: 'Rate Exceeded.',
    Type: 'User',
    Reason: ThrottleReason.ReservedFunctionConcurrentInvocationLimitExceeded,
    retryAfterSeconds: '60',
    $metadata: {},
  });
