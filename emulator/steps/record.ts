import type { Core } from '../core';
import { isRead } from '../operation-names';
import type { Decoded, Exchange } from './exchange';

/** Tells whoever looks on of the call, refused ones too. */
export function record(exchange: Exchange, core: Core, error?: Error): void {
  if (core.watchers.size === 0 || !isDecoded(exchange)) return;
  const { service, operation, caller, region, requestId, isInside = false } = exchange;
  const happening = {
    kind: 'call' as const,
    at: core.clock.now(),
    accountId: caller.principal.accountId,
    region,
    requestId,
    service: service.card.name,
    operation: operation.name,
    isRead: isRead(operation.name),
    isInside,
    principal: caller.principal.arn,
    ...(error ? { errorCode: error.name, errorMessage: error.message } : {}),
  };
  for (const watch of core.watchers) watch(happening);
}

const isDecoded = (exchange: Exchange): exchange is Decoded => exchange.call !== undefined;
