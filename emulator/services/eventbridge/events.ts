import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { compilePattern, matches } from '../../event-pattern';
import { parseObject } from '../../json';
import { deliverToTargets } from './deliver';
import { constraint, invalid } from './errors';
import { newEvent } from './event';
import { busNameOf } from './find';
import { checkPattern } from './rules';
import type { Bus, Event, EventBridgeCall, EventBridgeHandlers } from './state';

const longest = 262_144;
const required = ['id', 'account', 'source', 'time', 'region', 'detail-type', 'detail'];

export const events = {
  PutEvents({ Entries: entries = [] }, call) {
    if (entries.length > 10)
      throw constraint(
        `[${entries.map(asText).join(', ')}]`,
        'entries',
        'have length less than or equal to 10',
      );
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > longest)
      throw invalid('Total size of the entries in the request is over the limit.');
    const Entries = entries.map((entry) => put(entry, call));
    return {
      Entries,
      FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length,
    };
  },

  TestEventPattern({ EventPattern = '', Event: text = '' }, _call) {
    const event = parseObject(text);
    if (!event || required.some((member) => event[member] === undefined))
      throw invalid('Parameter Event is not valid.');
    checkPattern(EventPattern);
    return { Result: matches(compilePattern(EventPattern), event) };
  },
} satisfies EventBridgeHandlers;

type Result = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

function put(entry: PutEventsRequestEntry, call: EventBridgeCall): Result {
  const problem = problemOf(entry, call);
  if (problem) return problem;
  const event = newEvent(
    {
      source: entry.Source ?? '',
      detailType: entry.DetailType ?? '',
      detail: parseObject(entry.Detail ?? '') ?? {},
      resources: entry.Resources,
      time: entry.Time,
    },
    call,
  );
  // AWS takes events for a bus that does not exist, and drops them.
  const bus = busOf(entry.EventBusName, call);
  if (bus) route(bus, event, call);
  return { EventId: event.id };
}

function problemOf(entry: PutEventsRequestEntry, call: EventBridgeCall): Result | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name])
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  }
  if (/^aws\./i.test(entry.Source ?? '') && call.principal.type !== 'service')
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  return parseObject(entry.Detail ?? '')
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function busOf(nameOrArn: string | undefined, call: EventBridgeCall): Bus | undefined {
  const [, , , region, accountId] = (nameOrArn ?? '').split(':');
  const state = accountId && region ? call.stateOf(accountId, region) : call.state;
  return state.buses.get(busNameOf(nameOrArn));
}

function route(bus: Bus, event: Event, call: EventBridgeCall): void {
  for (const rule of bus.rules.values()) {
    if (rule.state === 'DISABLED' || rule.pattern === undefined) continue;
    if (matches(compilePattern(rule.pattern), event)) deliverToTargets(rule, event, call);
  }
}

/** As AWS counts: 14 bytes for a time, and the text of everything else. */
const sizeOf = ({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry) =>
  (Time ? 14 : 0) +
  [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? ''),
    0,
  );

/** An entry as AWS prints it in its validation error. */
function asText(entry: PutEventsRequestEntry): string {
  const members = {
    time: entry.Time?.toISOString(),
    source: entry.Source,
    resources: entry.Resources && `[${entry.Resources.join(', ')}]`,
    detailType: entry.DetailType,
    detail: entry.Detail,
    eventBusName: entry.EventBusName,
    traceHeader: entry.TraceHeader,
    kmsKeyIdentifier: undefined,
    internalMetadata: undefined,
  };
  const shown = Object.entries(members).map(([name, value]) => `${name}=${value ?? null}`);
  return `PutEventsRequestEntry(${shown.join(', ')})`;
}
