import type { Core } from '../core';
import type { Exchange } from './exchange';

const kept = 10_000;

/** One API call as CloudTrail would have it. */
interface Recorded {
  time: Date;
  requestId: string;
  service: string;
  operation: string;
  principal: string;
  sourceArn?: string;
  accountId: string;
  region: string;
  errorCode?: string;
  errorMessage?: string;
}

/** The newest calls, oldest first. */
export type History = Recorded[];

/** Writes the call into the history, refused ones too. */
export function record(exchange: Exchange, core: Core, error?: Error): void {
  const { service, operation, caller, region } = exchange;
  if (!service || !operation || !caller || !region) return;
  core.history.push({
    time: core.clock.now(),
    requestId: exchange.requestId,
    service: service.card.name,
    operation: operation.name,
    principal: caller.principal.arn,
    ...(caller.sourceArn === undefined ? {} : { sourceArn: caller.sourceArn }),
    accountId: caller.principal.accountId,
    region,
    ...(error ? { errorCode: error.name, errorMessage: error.message } : {}),
  });
  if (core.history.length > 2 * kept) core.history.splice(0, kept);
}
