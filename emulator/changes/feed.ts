import type { AwsEvent } from '../call';
import { openCall } from '../calls';
import type { Core } from '../core';
import { rootOf, serviceOf } from '../principal';
import type { ServiceCard } from '../services';
import type { Change } from './change';
import type { Resource, ResourceIndex } from './resource';

interface Place {
  accountId: string;
  region: string;
}

export interface Feed {
  /** Hands a change to every listening service that has state there, in order. */
  tell(change: Change, place: Place): void;
  /** Puts an event of AWS's own on the default bus, in order, and tells the services that hear it. */
  emit(event: AwsEvent, place: Place): void;
  /** Work nobody waits for; its failure is logged, and the clock waits for it. */
  background(task: () => Promise<void>): void;
  resourcesOf(accountId: string, region: string): ResourceIndex;
}

/** The internal feed of changes, and the one view over all services' resources. */
export function createFeed(core: () => Core): Feed {
  /** News of contents that a listener has not heard yet: one is enough, as it says no more than "look". */
  const unheard = new Set<string>();

  const background = (task: () => Promise<void>): void =>
    void core().workload.root(() => task().catch((error: unknown) => complain(core(), error)));
  const inLine = createLines(core, background);

  function hear(card: ServiceCard, change: Change, place: Place): void {
    const key = `${place.accountId}/${place.region}/${card.name}`;
    const news = `${key}/${change.type}/${change.id}`;
    if (change.kind === 'CONTENT' && unheard.has(news)) return;
    if (change.kind === 'CONTENT') unheard.add(news);
    inLine(key, () => {
      unheard.delete(news);
      return listen(core(), { card, change, place });
    });
  }

  return {
    background,
    tell(change, place) {
      look(core(), change, place);
      const wants = ({ listens }: ServiceCard) => listens.includes(change.kind);
      for (const card of cardsIn(core(), place, wants)) hear(card, change, place);
    },
    emit(event, place) {
      const where = `${place.accountId}/${place.region}`;
      const wants = ({ hears }: ServiceCard) => hears.includes(event.source);
      for (const card of cardsIn(core(), place, wants))
        inLine(`${where}/${card.name}`, () => listen(core(), { card, event, place }));
      if (!core().services.bySigningName('events')) return;
      inLine(`${where}/bus`, () => putEvent(core(), event, place));
    },
    resourcesOf: (accountId, region) => resourceIndex(core(), { accountId, region }),
  };
}

/** The services that want to hear of something and have state where it happened. */
const cardsIn = (
  { services, stores }: Core,
  place: Place,
  wants: (card: ServiceCard) => boolean,
): ServiceCard[] =>
  services.cards.filter((card) => wants(card) && stores.find({ ...place, service: card.name }));

/** Runs tasks of the same key one after the other, so that listeners see changes in their order. */
function createLines(core: () => Core, background: Feed['background']) {
  const lines = new Map<string, Promise<void>>();
  return (key: string, task: () => Promise<void>): void => {
    const before = lines.get(key) ?? Promise.resolve();
    const done = new Promise<void>((resolve) => {
      background(() => core().workload.parked(before).then(task).finally(resolve));
    });
    lines.set(key, done);
  };
}

/** Tells whoever looks on. */
function look({ watchers, clock }: Core, change: Change, { accountId, region }: Place): void {
  if (watchers.size === 0) return;
  const happening = { kind: 'change' as const, at: clock.now(), accountId, region, change };
  for (const watch of watchers) watch(happening);
}

function complain(core: Core, error: unknown): void {
  core.log(`background: ${error instanceof Error ? error.stack : String(error)}`);
}

type News = { card: ServiceCard; place: Place } & ({ change: Change } | { event: AwsEvent });

async function listen(core: Core, news: News): Promise<void> {
  const { accountId, region } = news.place;
  const service = core.services.load(news.card.name);
  if (!service) return;
  const operation = 'change' in news ? 'onChange' : 'onEvent';
  const caller = { principal: rootOf(accountId) };
  const call = openCall(core, { service, operation, region, caller });
  try {
    if ('change' in news) await service.definition.onChange?.(news.change, call);
    else await service.definition.onEvent?.(news.event, call);
  } finally {
    call.finish();
  }
}

interface EventsClient {
  putEvents(input: { Entries: Record<string, unknown>[] }): Promise<unknown>;
}

async function putEvent(core: Core, event: AwsEvent, place: Place): Promise<void> {
  const name = `${event.source.replace(/^aws\./, '')}.amazonaws.com`;
  const caller = { principal: serviceOf(name, place.accountId) };
  const events = core.clients.of('eventbridge', { caller, region: place.region }) as EventsClient;
  await events.putEvents({
    Entries: [
      {
        Source: event.source,
        DetailType: event.detailType,
        Detail: JSON.stringify(event.detail),
        Resources: event.resources ?? [],
        Time: core.clock.now(),
      },
    ],
  });
}

/** Reads views when asked, so that what they show is never older than the state. */
function resourceIndex(core: Core, place: Place): ResourceIndex {
  const all = () => core.services.cards.flatMap((card) => viewOf(core, card, place));
  return {
    all,
    ofType: (type) => all().filter((resource) => resource.type === type),
    byArn(arn) {
      const card = core.services.byArnService(arn.split(':')[2] ?? '');
      return card && viewOf(core, card, place).find((resource) => resource.arn === arn);
    },
  };
}

function viewOf(core: Core, card: ServiceCard, { accountId, region }: Place): Resource[] {
  const stored =
    core.stores.find({ accountId, region, service: card.name }) ??
    core.stores.find({ accountId, region: 'global', service: card.name });
  const service = stored && core.services.load(card.name);
  if (!service?.definition.view) return [];
  const caller = { principal: rootOf(accountId) };
  return service.definition.view(
    openCall(core, { service, operation: 'DescribeView', region, caller }),
  );
}
