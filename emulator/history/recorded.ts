import type { Principal } from '../principal';
import type { Log } from '../state/log';
import type { Store } from '../state/store';
import type { Stores } from '../state/stores';

/** Calls kept of each account and Region. */
const kept = 10_000;

/** One management call, as much as an audit needs of it; everything is plain JSON. */
export interface Recorded {
  /** Simulated milliseconds. */
  at: number;
  requestId: string;
  /** Folder name of the service, and the name that it signs with. */
  service: string;
  signingName: string;
  operation: string;
  region: string;
  accountId: string;
  principal: Principal;
  /** `AIDA…`, or `AROA…:session`; absent of root users and services. */
  userId?: string;
  /** When a role's session began. */
  since?: number;
  accessKeyId?: string;
  /** The service that passed the caller's request on, `cloudformation.amazonaws.com`. */
  via?: string;
  sourceAddress: string;
  userAgent: string;
  /** In lower camel case, what is secret left out; null when there are none. */
  parameters: unknown;
  response: unknown;
  /** Type and id of each resource that it changed. */
  resources: [type: string, id: string][];
  errorCode?: string;
  errorMessage?: string;
}

/** The calls of an account in a Region lie as texts: few of them are ever read. */
export const historyOf = (stores: Stores, accountId: string, region: string): Log<string> =>
  stores.logOf(storeOf(stores, accountId, region), 'calls', kept) as Log<string>;

// A store of its own, so that a reset of the account forgets it and no service has to be loaded.
const storeOf = (stores: Stores, accountId: string, region: string): Store =>
  stores.open({ accountId, region, service: 'history' }, () => ({}));

/** Newest first, read as far as somebody looks. */
export function* newestFirst(texts: readonly string[]): Generator<Recorded> {
  for (let index = texts.length - 1; index >= 0; index -= 1)
    yield JSON.parse(texts[index] ?? '') as Recorded;
}
