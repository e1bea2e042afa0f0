import type { Call } from './call';
import type { Change } from './changes/change';
import type { Core } from './core';
import { type Caller, serviceOf, sessionOf } from './principal';
import type { LoadedService } from './services';
import type { Store } from './state/store';

/** The moment a call is for. */
export interface Frame {
  service: LoadedService;
  operation: string;
  region: string;
  caller: Caller;
  requestId?: string;
}

/** Names that only read; every other operation marks its state as changed. */
const reads = /^(Get|List|Describe|Head|Test|Simulate|BatchGet|Lookup)/;

/** The store a call works on, made and seeded on first use. */
export function storeOf(core: Core, frame: Frame): Store {
  const { service, region, caller } = frame;
  const place = {
    accountId: caller.principal.accountId,
    region: service.definition.global ? 'global' : region,
    service: service.card.name,
  };
  return core.stores.open(place, service.definition.createState);
}

/** Builds the call, seeding the state the first time an account and Region is touched. */
export function openCall(core: Core, frame: Frame): Call & { finish: () => void } {
  const store = storeOf(core, frame);
  const call = buildCall(core, frame, store);
  if (!store.seeded.has(frame.region)) {
    store.seeded.add(frame.region);
    frame.service.definition.seed?.(call);
    store.dirty = true;
  }
  if (!reads.test(frame.operation)) store.dirty = true;
  return call;
}

function buildCall(core: Core, frame: Frame, store: Store): Call & { finish: () => void } {
  const { service, region, caller } = frame;
  const { card } = service;
  const accountId = caller.principal.accountId;
  const globalArns = service.definition.global === true;
  return {
    service: card.name,
    operation: frame.operation,
    accountId,
    region,
    requestId: frame.requestId ?? core.random.uuid(),
    principal: caller.principal,
    sourceArn: caller.sourceArn,
    state: store.state,
    touch: () => void (store.dirty = true),
    now: core.clock.now,
    arn: (resource) => `arn:aws:${card.arn}:${globalArns ? '' : region}:${accountId}:${resource}`,
    random: core.random,
    endpoint: core.endpoint,
    providers: (type) => core.services.providerOf(type),
    blobs: core.blobs,
    ...announcer(core, { accountId, region }),
    ...stateElsewhere(core, frame),
    ...otherServices(core, frame),
    ...waiting(core, frame, store),
  };
}

function stateElsewhere(core: Core, frame: Frame): Pick<Call, 'stateOf' | 'states' | 'resources'> {
  const { service, region, caller } = frame;
  const name = service.card.name;
  return {
    stateOf: (accountId, otherRegion) =>
      openCall(core, {
        ...frame,
        region: otherRegion,
        caller: { principal: { ...caller.principal, accountId } },
      }).state,
    states: () =>
      core.stores
        .keys()
        .filter((key) => key.endsWith(`/${name}`))
        .flatMap((key) => core.stores.at(key) ?? []),
    resources: core.feed.resourcesOf(caller.principal.accountId, region),
  };
}

function otherServices(
  core: Core,
  { region, caller }: Frame,
): Pick<Call, 'client' | 'asService' | 'assume' | 'emit' | 'background'> {
  const accountId = caller.principal.accountId;
  const asService = (service: string, sourceArn?: string): Caller => ({
    principal: serviceOf(service, accountId),
    sourceArn,
  });
  return {
    asService,
    client: <C>(service: string, as: Caller & { region?: string } = caller) =>
      core.clients.of(service, { caller: as, region: as.region ?? region }) as C,
    async assume(roleArn, service, sessionName = service.split('.')[0] ?? service) {
      await core.clients.assume(roleArn, { caller: asService(service), region, sessionName });
      return { principal: sessionOf(roleArn, sessionName) };
    },
    emit: (event) => core.feed.emit(event, { accountId, region }),
    background: (task) => core.feed.background(task),
  };
}

function waiting(
  core: Core,
  frame: Frame,
  store: Store,
): Pick<Call, 'timers' | 'sleep' | 'park' | 'wake'> {
  const scope = `${store.accountId}/${store.region}/${store.service}/`;
  return {
    timers: {
      set: ({ name, at, payload, id = core.random.uuid() }) => {
        core.timers.set({ store, region: frame.region }, id, { at: at.getTime(), name, payload });
        return id;
      },
      cancel: (id) => core.timers.cancel(store, id),
    },
    sleep: async (milliseconds) => {
      const until = new Date(core.clock.now().getTime() + milliseconds);
      await core.timers.park(`${scope}sleep:${core.random.uuid()}`, until);
    },
    park: (key, deadline) => core.timers.park(scope + key, deadline),
    wake: (key) => core.timers.wake(scope + key),
  };
}

/** Keeps changes until the call has answered, then tells them in order. */
function announcer(core: Core, place: { accountId: string; region: string }) {
  const held: Change[] = [];
  let answered = false;
  return {
    announce(change: Change): void {
      if (answered) core.feed.tell(change, place);
      else held.push(change);
    },
    finish(): void {
      answered = true;
      for (const change of held.splice(0)) core.feed.tell(change, place);
    },
  };
}
