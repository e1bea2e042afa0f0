/** What happens to a request: `stale` hits reads only, `drop` cuts the connection. */
export type FaultKind = 'throttle' | 'deny' | 'error' | 'delay' | 'drop' | 'stale';

/** What a test asks for; everything absent means "any", and it lasts until it is cleared. */
export interface FaultRequest {
  kind: FaultKind;
  /** Folder name of the service, or `*`. */
  service: string;
  /** Operation name; `*` stands for any letters: `Describe*`. */
  operation?: string;
  account?: string;
  region?: string;
  /** How many requests it hits. */
  times?: number;
  /** Chance that it hits, from 0 to 1; drawn from a seed, so the same run draws the same. */
  probability?: number;
  /** Hits also what the emulator's services ask of each other, not only requests of clients. */
  inside?: boolean;
  /** `error`: the code, message and HTTP status to answer (400 unless told). */
  code?: string;
  message?: string;
  status?: number;
  /** `delay`: how long, and by which clock; `stale`: how old a read's answer is. */
  milliseconds?: number;
  /** `delay`: simulated time can be fast-forwarded, wall time holds the clock still. */
  clock?: 'simulated' | 'wall';
  /** `stale`: how many changes of the service a read does not see yet. */
  changes?: number;
  /** `drop`: before the request arrives (nothing happens), or after it was carried out. */
  when?: 'before' | 'after';
}

/** A fault that is set. */
export interface Fault extends FaultRequest {
  id: string;
  /** How many requests it has hit. */
  hits: number;
}

/** What of a request decides whether a fault hits it. */
export interface Aim {
  service: string;
  operation: string;
  account: string;
  region: string;
  isInside: boolean;
  isRead: boolean;
}

const isMeant = (wanted: string | undefined, actual: string): boolean =>
  wanted === undefined || wanted === '*' || wanted === actual;

/** `Describe*` against `DescribeStacks`. */
function isOperation(wanted: string | undefined, actual: string): boolean {
  if (wanted === undefined || !wanted.includes('*')) return isMeant(wanted, actual);
  return new RegExp(`^${wanted.replaceAll('*', '\\w*')}$`).test(actual);
}

/** Whether a fault is meant for a request, its chance left aside. */
export const isAimedAt = (fault: Fault, aim: Aim): boolean =>
  isLeft(fault, aim) &&
  isMeant(fault.service, aim.service) &&
  isOperation(fault.operation, aim.operation) &&
  isMeant(fault.account, aim.account) &&
  isMeant(fault.region, aim.region);

const isLeft = (fault: Fault, aim: Aim): boolean =>
  fault.hits < (fault.times ?? Infinity) &&
  (fault.inside === true || !aim.isInside) &&
  (fault.kind !== 'stale' || aim.isRead);
