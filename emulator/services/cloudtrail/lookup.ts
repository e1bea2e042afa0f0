import {
  type Event,
  InvalidEventCategoryException,
  InvalidLookupAttributesException,
  InvalidMaxResultsException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
  type LookupAttribute,
  type LookupEventsRequest,
} from '@aws-sdk/client-cloudtrail';
import { refuse } from '../../refuse';
import type { Recorded } from '../../history/recorded';
import { eventIdOf, isReadOnly, toRecord, userNameOf } from './record-of';
import type { CloudTrailCall, CloudTrailHandlers } from './state';
import { table } from '../../table';

/** The event history goes back so far. */
const longest = 90 * 24 * 3600 * 1000;
const mostAtOnce = 50;

const matchers: Record<string, (recorded: Recorded, value: string) => boolean> = table({
  AccessKeyId: ({ accessKeyId }, value) => accessKeyId === value,
  EventId: (recorded, value) => eventIdOf(recorded) === value,
  EventName: ({ operation }, value) => operation === value,
  EventSource: ({ signingName }, value) => `${signingName}.amazonaws.com` === value,
  ReadOnly: (recorded, value) => String(isReadOnly(recorded)) === value,
  ResourceName: ({ resources }, value) => resources.some(([, id]) => id === value),
  ResourceType: ({ resources }, value) => resources.some(([type]) => type === value),
  Username: (recorded, value) => userNameOf(recorded) === value,
});

export const lookup = {
  LookupEvents(input, call) {
    check(input);
    const max = input.MaxResults ?? mostAtOnce;
    const Events: Event[] = [];
    let last = '';
    for (const recorded of wanted(input, call)) {
      if (Events.length === max) return { Events, NextToken: tokenAfter(last) };
      Events.push(eventOf(recorded));
      last = recorded.requestId;
    }
    return { Events };
  },
} satisfies CloudTrailHandlers;

/** Newest first, from where the token says: new calls come in while somebody turns the pages. */
function* wanted(input: Input, call: CloudTrailCall): Generator<Recorded> {
  const from = earliest(input, call);
  const isWanted = matcherOf(input.LookupAttributes);
  for (const recorded of before(input.NextToken, call)) {
    if (recorded.at < from) return;
    if (recorded.at <= (input.EndTime?.getTime() ?? Infinity) && isWanted(recorded)) yield recorded;
  }
}

function* before(token: string | undefined, call: CloudTrailCall): Generator<Recorded> {
  let shownLast = readToken(token);
  for (const recorded of call.history()) {
    if (shownLast === undefined) yield recorded;
    else if (recorded.requestId === shownLast) shownLast = undefined;
  }
}

// The texts are unverified.
function check(input: Input): void {
  const { LookupAttributes = [], EventCategory, MaxResults: max = mostAtOnce } = input;
  if (EventCategory !== undefined)
    throw refuse(InvalidEventCategoryException, 'cloudtrail insight events are not emulated');
  if (LookupAttributes.length > 1)
    throw refuse(InvalidLookupAttributesException, 'You can specify only one lookup attribute.');
  if (isBackwards(input))
    throw refuse(InvalidTimeRangeException, 'The start time must be before the end time.');
  if (max < 1 || max > mostAtOnce)
    throw refuse(InvalidMaxResultsException, 'Max results must be between 1 and 50.');
}

const isBackwards = ({ StartTime, EndTime }: Input): boolean =>
  StartTime !== undefined && EndTime !== undefined && StartTime > EndTime;

type Input = LookupEventsRequest;

const earliest = ({ StartTime }: Input, call: CloudTrailCall): number =>
  Math.max(StartTime?.getTime() ?? 0, call.now().getTime() - longest);

function matcherOf([attribute]: LookupAttribute[] = []): (recorded: Recorded) => boolean {
  if (!attribute) return () => true;
  const { AttributeKey: key = '', AttributeValue: value = '' } = attribute;
  const matches = Object.hasOwn(matchers, key) && matchers[key];
  if (!matches)
    throw refuse(InvalidLookupAttributesException, `Invalid lookup attribute key: ${key}`); // text unverified
  return (recorded) => matches(recorded, value);
}

function eventOf(recorded: Recorded): Event {
  const { at, operation, accessKeyId, resources } = recorded;
  const record = toRecord(recorded);
  const userName = userNameOf(recorded);
  return {
    EventId: record.eventID,
    EventName: operation,
    ReadOnly: String(record.readOnly),
    ...(accessKeyId === undefined ? {} : { AccessKeyId: accessKeyId }),
    // oxlint-disable-next-line wall-clock/no-new-date -- a moment that the simulated clock has told
    EventTime: new Date(at),
    EventSource: record.eventSource,
    ...(userName === undefined ? {} : { Username: userName }),
    Resources: resources.map(([ResourceType, ResourceName]) => ({ ResourceType, ResourceName })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

const tokenAfter = (requestId: string): string =>
  Buffer.from(`after:${requestId}`).toString('base64url');

function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const match = /^after:([\w-]+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (match) return match[1];
  throw refuse(InvalidNextTokenException, 'Invalid token.'); // text unverified
}
