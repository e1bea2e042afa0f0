import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { compilePattern, matches } from '../../event-pattern';
import { parseObject } from '../../json';
import { serviceOf } from '../../principal';
import { constraint, invalid } from './errors';
import { newEvent } from './event';
import { busNameOf } from './find';
import { parcelOf, send } from './parcels';
import { route } from './route';
import { checkPattern } from './rules';
import type { EventBridgeCall, EventBridgeHandlers, Parcel } from './state';

const longest = 262_144;
const required = ['id', 'account', 'source', 'time', 'region', 'detail-type', 'detail'];

export const events = {
  PutEvents({ Entries: entries = [], EndpointId: endpoint }, call) {
    if (endpoint !== undefined) throw invalid('Global endpoints are not emulated.');
    checkEntries(entries);
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

function checkEntries(entries: readonly PutEventsRequestEntry[]): void {
  const value = `[${entries.map(asText).join(', ')}]`;
  if (entries.length > 10)
    throw constraint(value, 'entries', 'have length less than or equal to 10');
  if (entries.length === 0)
    throw constraint(value, 'entries', 'have length greater than or equal to 1');
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > longest)
    throw invalid('Total size of the entries in the request is over the limit.');
}

type Result = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

function put(entry: PutEventsRequestEntry, call: EventBridgeCall): Result {
  const parcel = parcelOf(entry, call);
  const problem = parcel ? undefined : problemOf(entry, call);
  if (problem) return problem;
  const taken = parcel ?? { event: eventOf(entry, call), hops: {} };
  place(entry.EventBusName, taken, call);
  return { EventId: taken.event.id };
}

const eventOf = (entry: PutEventsRequestEntry, call: EventBridgeCall) =>
  newEvent(
    {
      source: entry.Source ?? '',
      detailType: entry.DetailType ?? '',
      detail: parseObject(entry.Detail ?? '') ?? {},
      resources: entry.Resources,
      time: entry.Time,
    },
    call,
  );

/** A bus elsewhere routes in its own account; AWS drops events for a bus that does not exist. */
function place(busNameOrArn: string | undefined, parcel: Parcel, call: EventBridgeCall): void {
  const { accountId = call.accountId, region = call.region } = parseArn(busNameOrArn ?? '') ?? {};
  if (accountId === call.accountId && region === call.region) {
    const bus = call.state.buses.get(busNameOf(busNameOrArn));
    if (bus) route(bus, parcel, call);
    return;
  }
  const caller = { principal: serviceOf('events.amazonaws.com', accountId) };
  call.background(() => send(parcel, { busArn: busNameOrArn ?? '', caller }, call));
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
