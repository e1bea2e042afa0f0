import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf } from '../principal';
import type { WireResponse } from '../wire';
import type { Exchange } from './exchange';

/**
 * Answers a request to an address that a service has handed out itself, which is no AWS API:
 * `/<prefix of its own>/<something with the ARN that it is about>`.
 */
export async function receive(
  { request, requestId }: Exchange,
  core: Core,
): Promise<WireResponse | undefined> {
  const card = core.services.byPath(request.path);
  const [, region, accountId] = /arn:aws:[^:]*:([^:]*):(\d{12}):/.exec(decoded(request.path)) ?? [];
  if (!card || region === undefined || accountId === undefined) return undefined;
  const service = core.services.load(card.name);
  const answer = service?.definition.receive;
  if (!answer) return undefined;
  const caller = { principal: rootOf(accountId) };
  const call = openCall(core, { service, operation: 'Receive', region, caller, requestId });
  try {
    return await answer(request, call);
  } finally {
    call.finish();
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
