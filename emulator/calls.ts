import type { AwsEvent, Call } from './call';
import type { Change } from './changes/change';
import type { ResourceIndex } from './changes/resource';
import type { ResourceProvider } from './cloudformation/provider';
import type { Core } from './core';
import { type Frame, type Pending, storeOf } from './frame';
import { type Caller, type Principal, serviceOf } from './principal';
import { historyOf, newestFirst, type Recorded } from './history/recorded';
import { isRead } from './operation-names';
import type { Log } from './state/log';
import type { Store } from './state/store';
import { Waiting } from './waiting';

/** Builds the call, seeding the state the first time an account and Region is touched. */
export function openCall(core: Core, frame: Frame): OpenCall {
  const { service, region } = frame;
  const store = storeOf(core, frame);
  const call = new OpenCall(core, frame, store);
  if (!store.seeded.has(region)) {
    store.seeded.add(region);
    service.definition.seed?.(call);
    store.dirty = true;
  }
  if (!isRead(frame.operation)) {
    if (!core.faults.isEmpty) core.faults.beforeChange(store);
    store.dirty = true;
  }
  return call;
}

/** Functions are getters: most calls use few of them, and handlers take them apart. */
class OpenCall extends Waiting implements Call {
  readonly operation: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly principal: Principal;
  readonly sourceArn: string | undefined;
  readonly via: string | undefined;
  readonly state: unknown;
  readonly runtime: Call['runtime'];
  readonly blobs: Call['blobs'];
  private readonly frame: Frame;
  private readonly pending: Pending;

  constructor(core: Core, frame: Frame, store: Store) {
    super(core, frame, store);
    this.runtime = core.runtime;
    this.blobs = core.blobs;
    this.frame = frame;
    this.operation = frame.operation;
    this.accountId = frame.caller.principal.accountId;
    this.requestId = frame.requestId ?? core.random.uuid();
    this.principal = frame.caller.principal;
    this.sourceArn = frame.caller.sourceArn;
    this.via = frame.caller.via;
    this.state = frame.state ?? store.state;
    this.pending = frame.pending ?? { answered: false, held: [] };
  }

  /** Lets the changes announced so far, and from now on, reach their listeners. */
  finish(): void {
    this.pending.answered = true;
    for (const { change, place } of this.pending.held.splice(0)) this.core.feed.tell(change, place);
  }

  /** What has changed so far and is not told yet. */
  announced(): Change[] {
    return this.pending.held.map(({ change }) => change);
  }

  get history(): () => Iterable<Recorded> {
    const { stores } = this.core;
    return () => newestFirst(historyOf(stores, this.accountId, this.region).of(''));
  }

  get now(): () => Date {
    return this.core.clock.now;
  }

  get touch(): () => void {
    return () => void (this.store.dirty = true);
  }

  get log(): Call['log'] {
    return <T>(name: string, cap?: number) =>
      this.core.stores.logOf(this.store, name, cap) as Log<T>;
  }

  get arn(): (resource: string) => string {
    const { card, definition } = this.frame.service;
    const region = definition.global ? '' : this.region;
    return (resource) => `arn:aws:${card.arn}:${region}:${this.accountId}:${resource}`;
  }

  get random(): Call['random'] {
    return this.core.random;
  }

  get endpoint(): string {
    return this.core.endpoint;
  }

  get providers(): (type: string) => ResourceProvider | undefined {
    return (type) => this.core.services.providerOf(type);
  }

  get resources(): ResourceIndex {
    return this.core.feed.resourcesOf(this.accountId, this.region);
  }

  get stateOf(): (accountId: string, region: string) => unknown {
    return (accountId, region) => this.elsewhere(accountId, region).state;
  }

  get elsewhere(): (accountId: string, region: string) => Call {
    return (accountId, region) => {
      if (accountId === this.accountId && region === this.region) return this;
      const { pending, requestId } = this;
      const frame = { ...this.frame, state: undefined };
      const caller = { principal: { ...this.principal, accountId } };
      return openCall(this.core, { ...frame, region, caller, pending, requestId });
    };
  }

  get states(): () => Store[] {
    const { stores } = this.core;
    return () => [...stores.ofService(this.service)].flatMap((key) => stores.at(key) ?? []);
  }

  get membership(): Call['membership'] {
    return this.core.membershipOf(this.accountId, this.region);
  }

  get client(): Call['client'] {
    return <C>(service: string, as: Caller & { region?: string } = this.frame.caller) => {
      const { region = this.region, ...caller } = as;
      return this.core.clients.of(service, { caller, region }) as C;
    };
  }

  get offers(): (service: string) => boolean {
    return (service) => this.core.services.cards.some(({ name }) => name === service);
  }

  get asService(): (service: string, sourceArn?: string) => Caller {
    return (service, sourceArn) => ({ principal: serviceOf(service, this.accountId), sourceArn });
  }

  get onBehalf(): (service: string) => Caller {
    return (via) => ({ ...this.frame.caller, via });
  }

  get assume(): Call['assume'] {
    return (roleArn, service, sessionName = service.split('.')[0] ?? service) => {
      const as = { caller: this.asService(service), region: this.region, sessionName };
      return this.core.clients.assume(roleArn, as);
    };
  }

  get announce(): (change: Change) => void {
    return (change) => {
      if (this.pending.answered) this.core.feed.tell(change, this);
      else this.pending.held.push({ change, place: this });
    };
  }

  get emit(): (event: AwsEvent) => void {
    return (event) => this.core.feed.emit(event, this);
  }

  get background(): (task: () => Promise<void>) => void {
    return (task) => this.core.feed.background(task);
  }
}
