import { audit } from '../history/audit';
import { isManagement } from '../history/data-events';
import { historyOf, type Recorded } from '../history/recorded';
import { shown } from '../history/shown';
import type { Core } from '../core';
import { isRead } from '../operation-names';
import { planOf } from '../wire/plan';
import { identityOf } from './authorise';
import type { Decoded, Exchange } from './exchange';
import { scopeOf } from './identify';

/** Writes the call into the account's history and tells whoever looks on, of refused ones too. */
export function record(exchange: Exchange, core: Core, error?: Error): void {
  if (!isDecoded(exchange)) return;
  if (core.watchers.size > 0) tell(exchange, core, error);
  if (!isManagement(exchange.service.card.name, exchange.operation.name)) return;
  if (isServiceOwn(exchange)) return;
  const recorded = recordedOf(exchange, core, error);
  historyOf(core.stores, recorded.accountId, recorded.region).append('', JSON.stringify(recorded));
  audit(core, recorded);
}

const isDecoded = (exchange: Exchange): exchange is Decoded => exchange.call !== undefined;

/** What services do for themselves is in no account's history, except that they take up roles. */
const isServiceOwn = ({ caller, service }: Decoded): boolean =>
  caller.principal.type === 'service' && service.card.name !== 'sts';

/** IAM and organizations have no Region: their events are in us-east-1. */
const regionOf = ({ service, region }: Decoded): string =>
  /^(iam|organizations)$/.test(service.card.name) ? 'us-east-1' : region;

function recordedOf(exchange: Decoded, core: Core, error: Error | undefined): Recorded {
  const { service, operation, caller, call, requestId } = exchange;
  return {
    at: core.clock.now().getTime(),
    requestId,
    service: service.card.name,
    signingName: service.card.signingName,
    operation: operation.name,
    region: regionOf(exchange),
    accountId: call.accountId,
    principal: caller.principal,
    ...identifying(exchange, core),
    ...sourceOf(exchange),
    ...contentOf(exchange, error),
    resources: exchange.announced?.().map(({ type, id }): [string, string] => [type, id]) ?? [],
    ...(error ? { errorCode: error.name, errorMessage: error.message } : {}),
  };
}

function identifying(exchange: Decoded, core: Core) {
  const { caller } = exchange;
  const isKnown = caller.principal.type === 'user' || caller.principal.type === 'role';
  const userId = isKnown ? identityOf(exchange, core).userId : undefined;
  const accessKeyId = exchange.isInside ? undefined : scopeOf(exchange.request)?.accessKeyId;
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(caller.since === undefined ? {} : { since: caller.since }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
}

/** A request that a service has passed on comes from that service, as far as CloudTrail says. */
function sourceOf({ caller, isInside, request }: Decoded) {
  const { principal, via } = caller;
  if (!isInside)
    return { sourceAddress: '127.0.0.1', userAgent: request.headers['user-agent'] ?? '' };
  const service = via ?? (principal.type === 'service' ? principal.service : 'AWS Internal');
  return { sourceAddress: service, userAgent: service, ...(via === undefined ? {} : { via }) };
}

function contentOf({ service, operation, input, output = {} }: Decoded, error: Error | undefined) {
  const style = { wrapsLists: service.card.name === 'ec2' };
  const plan = planOf(operation);
  // Taking up a role counts as reading, and is answered in the record all the same.
  const isAnswered = !error && (!isRead(operation.name) || service.card.name === 'sts');
  return {
    parameters: shown(plan.input, input, style),
    response: isAnswered ? shown(plan.output, output, style) : null,
  };
}

function tell(exchange: Decoded, core: Core, error: Error | undefined): void {
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
