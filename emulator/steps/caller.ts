import type { Core } from '../core';
import { openCall } from '../calls';
import { type Caller, rootOf } from '../principal';
import type { Exchange } from './exchange';
import { scopeOf } from './identify';
import { staleKey, unknownKey, unsigned } from './unknown-key';

/** The account of every key that is not itself an account id; the CLI's and cdklocal's too. */
const defaultAccount = '000000000000';

/**
 * Who calls: a 12-digit access key is that account's root; a key that sts or iam issued is its
 * session or user; any other key is root of the default account, or nobody when IAM is enforced.
 */
export function readCaller(exchange: Exchange, core: Core): void {
  if (exchange.caller) return;
  const accessKeyId = scopeOf(exchange.request)?.accessKeyId;
  if (core.iam === 'enforce' && accessKeyId === undefined)
    throw unsigned(exchange.service?.card.name);
  exchange.caller =
    callerOf(accessKeyId ?? defaultAccount, core) ?? callerOfUnknownKey(exchange, core);
}

function callerOfUnknownKey(exchange: Exchange, core: Core): Caller {
  const { card, model } = exchange.service ?? {};
  if (core.iam === 'enforce') throw unknownKey(card?.name, model?.protocol);
  if (isStaleSession(exchange)) throw staleKey();
  return { principal: rootOf(defaultAccount) };
}

function callerOf(accessKeyId: string, core: Core): Caller | undefined {
  if (/^\d{12}$/.test(accessKeyId)) return { principal: rootOf(accessKeyId) };
  return issuedTo(accessKeyId, core);
}

/** The services that issue keys are asked in every account that has any. */
function issuedTo(accessKeyId: string, core: Core): Caller | undefined {
  if (!/^A[SK]IA/.test(accessKeyId)) return undefined;
  return [...core.stores.ofService('sts'), ...core.stores.ofService('iam')]
    .map((key) => askIssuer(accessKeyId, key.split('/'), core))
    .find((caller) => caller !== undefined);
}

function askIssuer(
  accessKeyId: string,
  [accountId = '', , name = '']: string[],
  core: Core,
): Caller | undefined {
  const service = core.services.load(name);
  if (!service?.definition.principalOf) return undefined;
  const caller = { principal: rootOf(accountId) };
  const call = openCall(core, { service, operation: 'GetPrincipal', region: 'us-east-1', caller });
  return service.definition.principalOf(accessKeyId, call);
}

/** Temporary keys of a session that is no more (after a reset) must not turn into root. */
function isStaleSession(exchange: Exchange): boolean {
  const accessKeyId = scopeOf(exchange.request)?.accessKeyId ?? '';
  return accessKeyId.startsWith('ASIA') && 'x-amz-security-token' in exchange.request.headers;
}
