import type { Core } from '../core';
import { openCall } from '../calls';
import { awsError } from '../errors';
import { type Caller, rootOf } from '../principal';
import type { Exchange } from './exchange';
import { scopeOf } from './identify';

/** The account of every key that is not itself an account id; the CLI's and cdklocal's too. */
export const defaultAccount = '000000000000';

/**
 * Who calls: a 12-digit access key is that account's root; a key that sts or iam issued is its
 * session or user; any other key is root of the default account.
 */
export function readCaller(exchange: Exchange, core: Core): void {
  exchange.caller ??= callerOf(scopeOf(exchange.request)?.accessKeyId ?? defaultAccount, core);
  if (exchange.caller.principal.type === 'root' && isStaleSession(exchange)) {
    throw awsError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      {
        status: 403,
      },
    );
  }
}

function callerOf(accessKeyId: string, core: Core): Caller {
  if (/^\d{12}$/.test(accessKeyId)) return { principal: rootOf(accessKeyId) };
  return issuedTo(accessKeyId, core) ?? { principal: rootOf(defaultAccount) };
}

function issuedTo(accessKeyId: string, core: Core): Caller | undefined {
  if (!/^A[SK]IA/.test(accessKeyId)) return undefined;
  for (const key of core.stores.keys()) {
    const [accountId = '', region = '', name = ''] = key.split('/');
    if (name !== 'sts' && name !== 'iam') continue;
    const service = core.services.load(name);
    if (!service?.definition.principalOf) continue;
    const call = openCall(core, {
      service,
      operation: 'principalOf',
      region: region === 'global' ? 'us-east-1' : region,
      caller: { principal: rootOf(accountId) },
    });
    const caller = service.definition.principalOf(accessKeyId, call);
    if (caller) return caller;
  }
  return undefined;
}

/** Temporary keys of a session that is no more (after a reset) must not turn into root. */
function isStaleSession(exchange: Exchange): boolean {
  const accessKeyId = scopeOf(exchange.request)?.accessKeyId ?? '';
  return accessKeyId.startsWith('ASIA') && 'x-amz-security-token' in exchange.request.headers;
}
