import { ResourceAlreadyExistsException } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { refuse } from '../../refuse';
import { archivesOf, expire, findArchive } from './archive-store';
import { checkName, constraint, invalid } from './errors';
import { busNameOf, findBus, ruleArn } from './find';
import { checkOneFilter } from './one-filter';
import { pageOf } from './pages';
import { announceRule, checkPattern, rulePattern } from './rules';
import type { Archive, Bus, EventBridgeCall, EventBridgeHandlers } from './state';

/** The service that AWS names as manager of an archive's rule. */
const manager = 'prod.vhs.events.aws.internal';

export const archives = {
  CreateArchive(input, call) {
    const { ArchiveName: name = '', EventSourceArn = '', Description, EventPattern } = input;
    checkName(name, 'archiveName', { longest: 48 });
    check(input);
    const bus = findBus(EventSourceArn, call);
    if (archivesOf(call.state).has(name))
      throw refuse(ResourceAlreadyExistsException, `Archive ${name} already exists.`);
    const archive: Archive = {
      name,
      arn: call.arn(`archive/${name}`),
      busArn: EventSourceArn,
      ...(Description === undefined ? {} : { description: Description }),
      ...(EventPattern ? { pattern: EventPattern } : {}),
      retention: input.RetentionDays ?? 0,
      state: 'ENABLED',
      createdAt: call.now(),
      events: [],
    };
    archivesOf(call.state).set(name, archive);
    putManagedRule(archive, bus, call);
    announce('CREATE', archive, call);
    return { ArchiveArn: archive.arn, State: archive.state, CreationTime: archive.createdAt };
  },

  UpdateArchive(input, call) {
    const { ArchiveName = '', Description, EventPattern, RetentionDays } = input;
    if (Description === undefined && EventPattern === undefined && RetentionDays === undefined)
      throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
    const archive = findArchive(ArchiveName, call);
    check(input);
    assign(archive, { description: Description, pattern: EventPattern });
    if (RetentionDays !== undefined) archive.retention = RetentionDays;
    expire(archive, call.now());
    putManagedRule(archive, findBus(archive.busArn, call), call);
    announce('UPDATE', archive, call);
    return { ArchiveArn: archive.arn, State: archive.state, CreationTime: archive.createdAt };
  },

  DeleteArchive({ ArchiveName = '' }, call) {
    const archive = findArchive(ArchiveName, call);
    archivesOf(call.state).delete(archive.name);
    const bus = call.state.buses.get(busNameOf(archive.busArn));
    const rule = bus?.rules.get(ruleNameOf(archive));
    if (bus && rule) {
      bus.rules.delete(rule.name);
      announceRule('DELETE', rule, call);
    }
    announce('DELETE', archive, call);
  },

  DescribeArchive({ ArchiveName = '' }, call) {
    const archive = findArchive(ArchiveName, call);
    return {
      ...show(archive),
      ArchiveArn: archive.arn,
      ...(archive.description === undefined ? {} : { Description: archive.description }),
      ...(archive.pattern === undefined ? {} : { EventPattern: archive.pattern }),
    };
  },

  ListArchives({ NamePrefix, EventSourceArn, State, ...paging }, call) {
    checkOneFilter('ListArchives', { State, EventSourceArn, NamePrefix });
    const found = [...archivesOf(call.state).values()].filter(
      ({ name, busArn, state }) =>
        name.startsWith(NamePrefix ?? '') &&
        (EventSourceArn === undefined || busArn === EventSourceArn) &&
        (State === undefined || state === State),
    );
    for (const archive of found) expire(archive, call.now());
    const { page, ...more } = pageOf(found, paging);
    return { Archives: page.map(show), ...more };
  },
} satisfies EventBridgeHandlers;

interface Checked {
  EventSourceArn?: string | undefined;
  EventPattern?: string | undefined;
  RetentionDays?: number | undefined;
  KmsKeyIdentifier?: string | undefined;
}

function check({ EventSourceArn, EventPattern, RetentionDays: days = 0, ...more }: Checked): void {
  if (more.KmsKeyIdentifier) throw invalid('KmsKeyIdentifier of archives is not emulated.');
  if (EventSourceArn !== undefined && !parseArn(EventSourceArn)?.resource.startsWith('event-bus/'))
    // The text was not verified.
    throw invalid('Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.');
  if (EventPattern) checkPattern(EventPattern);
  if (days < 0)
    throw constraint(String(days), 'retentionDays', 'have value greater than or equal to 0');
}

/** An empty text takes the old one away. */
function assign(
  archive: Archive,
  texts: Record<'description' | 'pattern', string | undefined>,
): void {
  for (const name of ['description', 'pattern'] as const) {
    const text = texts[name];
    if (text === '') delete archive[name];
    else if (text !== undefined) archive[name] = text;
  }
}

const ruleNameOf = ({ name }: Archive): string => `Events-Archive-${name}`;

/** An archive is fed by a rule of its own, which leaves out what a replay brings back. */
function putManagedRule(archive: Archive, bus: Bus, call: EventBridgeCall): void {
  const name = ruleNameOf(archive);
  const known = bus.rules.get(name);
  const target = {
    Id: name,
    Arn: `arn:aws:events:${call.region}:::`,
    InputTransformer: {
      InputPathsMap: {},
      InputTemplate: `{"archive-arn": "${archive.arn}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}`,
    },
  };
  const rule = {
    name,
    arn: ruleArn(bus.name, name, call),
    busName: bus.name,
    state: 'ENABLED' as const,
    pattern: JSON.stringify({
      ...rulePattern(archive.pattern),
      'replay-name': [{ exists: false }],
    }),
    createdBy: call.accountId,
    managedBy: manager,
    tags: known?.tags ?? {},
    targets: new Map([[name, target]]),
  };
  bus.rules.set(name, rule);
  announceRule(known ? 'UPDATE' : 'CREATE', rule, call);
}

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { name: id }: Archive,
  call: EventBridgeCall,
): void => call.announce({ kind, type: 'AWS::Events::Archive', id });

const show = (archive: Archive) => ({
  ArchiveName: archive.name,
  EventSourceArn: archive.busArn,
  State: archive.state,
  RetentionDays: archive.retention,
  SizeBytes: archive.events.reduce((sum, { size }) => sum + size, 0),
  EventCount: archive.events.length,
  CreationTime: archive.createdAt,
});
