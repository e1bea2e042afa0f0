import { accessDenied } from '../authorisation';
import { openCall } from '../calls';
import { afterWallTime } from '../clock/wall';
import type { Core } from '../core';
import { awsError } from '../errors';
import type { Fault, FaultKind } from '../faults/fault';
import { throttled } from '../faults/throttled';
import { storeOf } from '../frame';
import { isRead } from '../operation-names';
import { permissionsOf } from './authorise';
import type { Decoded } from './exchange';

/** The connection was cut: no answer of any kind. Clients see it as a network error. */
export class ConnectionDropped extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the connection was dropped');
    this.name = 'ConnectionDropped';
  }
}

/** Does to the request what tests have asked for, in the order in which they did. */
export async function injectFaults(exchange: Decoded, core: Core): Promise<void> {
  const { service, operation, call, region, isInside = false } = exchange;
  const aim = {
    service: service.card.name,
    operation: operation.name,
    account: call.accountId,
    region,
    isInside,
    isRead: isRead(operation.name),
  };
  for (const fault of core.faults.hitting(aim))
    await effects[fault.kind]({ fault, exchange, core });
}

interface Hit {
  fault: Fault;
  exchange: Decoded;
  core: Core;
}

const effects: Record<FaultKind, (hit: Hit) => void | Promise<void>> = {
  throttle({ exchange }) {
    throw throttled(exchange.service.card.name);
  },

  deny({ exchange }) {
    const [permission] = permissionsOf(exchange);
    const request = {
      principal: exchange.caller.principal,
      action: permission?.action ?? `${exchange.service.card.iam}:${exchange.operation.name}`,
      resource: permission?.resources[0] ?? '*',
    };
    throw accessDenied(exchange.service.card.name, request, {
      decision: 'implicitDeny',
      matched: [],
    });
  },

  error({ fault: { code = '', message = '', status = 400 } }) {
    throw awsError(code, message, { status });
  },

  async delay({ fault: { milliseconds = 0, clock }, exchange }) {
    if (clock !== 'wall') await exchange.call.sleep(milliseconds);
    else await new Promise<void>((resolve) => void afterWallTime(milliseconds, resolve));
  },

  drop({ fault, exchange }) {
    if (fault.when !== 'after') throw new ConnectionDropped();
    exchange.isAnswerLost = true;
  },

  stale({ fault, exchange, core }) {
    const { service, operation, region, caller, requestId } = exchange;
    const frame = { service, operation: operation.name, region, caller, requestId };
    const state = core.faults.staleState(storeOf(core, frame), fault);
    if (state === undefined) return;
    const call = openCall(core, { ...frame, state });
    exchange.call = call;
    exchange.finish = () => call.finish();
  },
};
