import type { Core } from '../core';
import { awsError } from '../errors';
import type { Exchange } from './exchange';

/** A failure that a test has asked for, by service and operation; `*` is any. */
export interface Fault {
  service: string;
  operation: string;
  code: string;
  message: string;
  status: number;
  /** How many requests it still hits. */
  times: number;
}

export type Faults = Fault[];

/** Fails the request when a fault is set for it. */
export function injectFaults(exchange: Exchange, core: Core): void {
  const fault = core.faults.find(
    (candidate) =>
      candidate.times > 0 &&
      matches(candidate.service, exchange.service?.card.name) &&
      matches(candidate.operation, exchange.operation?.name),
  );
  if (!fault) return;
  fault.times -= 1;
  throw awsError(fault.code, fault.message, { status: fault.status });
}

const matches = (wanted: string, actual: string | undefined) => wanted === '*' || wanted === actual;
