import { openCall } from '../calls';
import type { Core } from '../core';
import { type Caller, rootOf } from '../principal';
import type { Permission } from '../service';
import type { LoadedService } from '../services';
import type { WireResponse } from '../wire';
import { authorise } from './authorise';
import { readCaller } from './caller';
import type { Decoded, Exchange } from './exchange';

/** Whoever sent a request to an address of a service's own. */
export interface Visitor {
  /** Whom the request is signed as; `undefined` without a signature. */
  signer: () => Caller | undefined;
  /** Lets IAM decide about a caller, and throws AccessDenied as it does for an API call. */
  authorise: (caller: Caller, permissions: Permission[]) => void;
}

/**
 * Answers a request to an address that a service has handed out itself, which is no AWS API:
 * `/<prefix of its own>/<something with the ARN, or the Region and account, that it is about>`.
 */
export async function receive(exchange: Exchange, core: Core): Promise<WireResponse | undefined> {
  const { request, requestId } = exchange;
  const card = core.services.byPath(request.path);
  const place = placeIn(decoded(request.path));
  if (!card || !place) return undefined;
  const service = core.services.load(card.name);
  const answer = service?.definition.receive;
  if (!answer) return undefined;
  const { region, accountId } = place;
  const caller = { principal: rootOf(accountId) };
  const call = openCall(core, { service, operation: 'Receive', region, caller, requestId });
  try {
    return await answer(request, call, visitorOf({ ...exchange, service, region, call }, core));
  } finally {
    call.finish();
  }
}

function placeIn(path: string): { region: string; accountId: string } | undefined {
  const [, region, accountId] =
    /arn:aws:[^:]*:([^:]*):(\d{12}):/.exec(path) ??
    /^\/[^/]+\/([a-z0-9-]+)\/(\d{12})\//.exec(path) ??
    [];
  return region === undefined || accountId === undefined ? undefined : { region, accountId };
}

type Received = Exchange & { service: LoadedService; region: string } & Pick<Decoded, 'call'>;

function visitorOf(received: Received, core: Core): Visitor {
  return {
    signer() {
      if (received.request.headers['authorization'] === undefined) return undefined;
      const signed: Exchange = { ...received };
      readCaller(signed, core);
      return signed.caller;
    },
    authorise(caller, permissions) {
      const operation = { name: 'Receive' } as Decoded['operation'];
      authorise({ ...received, caller, operation, input: {} }, core, () => permissions);
    },
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
