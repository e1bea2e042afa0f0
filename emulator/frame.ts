import type { Change } from './changes/change';
import type { Core } from './core';
import type { Caller } from './principal';
import type { LoadedService } from './services';
import type { Store } from './state/store';

/** The moment a call is for. */
export interface Frame {
  service: LoadedService;
  operation: string;
  region: string;
  caller: Caller;
  requestId?: string;
  /** A state of earlier, for a read that is to be stale. */
  state?: unknown;
  /** Of a call that is part of another one: what waits for that one's answer. */
  pending?: Pending;
}

/** Changes that listeners hear of once the call has answered. */
export interface Pending {
  answered: boolean;
  held: { change: Change; place: { accountId: string; region: string } }[];
}

/** Where the service keeps its state of the frame's account and Region. */
export function storeOf(core: Core, { service, region, caller }: Frame): Store {
  const place = {
    accountId: caller.principal.accountId,
    region: service.definition.global ? 'global' : region,
    service: service.card.name,
  };
  return core.stores.open(place, service.definition.createState);
}
