import type { GetLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs';
import { checkedLimit, invalid } from './errors';
import { comparePositions, eventId, type Position, positionOf } from './event-id';
import { allEvents } from './event-store';
import { findGroup, findStream, nameOf } from './find';
import { checkIsStandard } from './log-class';
import { cutoffOf } from './expiry';
import type { Group, LogEvent, LogsCall, LogsHandlers, Stream } from './state';

const mostBytes = 1_048_576;

export const reading = {
  GetLogEvents(input, call) {
    const group = findGroup(nameOf(input), call);
    checkIsStandard(group);
    const stream = findStream(group, input.logStreamName);
    const { startTime: from, endTime: to } = input;
    const events = eventsBetween({ group, stream, from, to }, call);
    const { page, forward, backward } = pageAt(events, input);
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({
        timestamp,
        message,
        ingestionTime,
      })),
      nextForwardToken: `f/${forward}/s`,
      nextBackwardToken: `b/${backward}/s`,
    };
  },
} satisfies LogsHandlers;

interface Range {
  group: Group;
  stream: Stream;
  /** Included. */
  from?: number | undefined;
  /** Not included. */
  to?: number | undefined;
}

/** The events of a stream that have not expired, in order, within a time. */
export function eventsBetween(
  { group, stream, from = 0, to = Infinity }: Range,
  call: LogsCall,
): LogEvent[] {
  const events = allEvents(stream, call.blobs);
  const first = Math.max(from, cutoffOf(group, call));
  return events.slice(
    indexAfter(events, { timestamp: first, sequence: -1 }),
    indexAfter(events, { timestamp: to, sequence: -1 }),
  );
}

/** Index of the first event behind a position. */
function indexAfter(events: readonly LogEvent[], position: Position): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePositions(events[middle] as LogEvent, position) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * A page forward or backward of a token. At either end the token of that direction stays the same,
 * which is how a reader knows the end.
 */
function pageAt(events: LogEvent[], input: GetLogEventsRequest) {
  const limit = checkedLimit(input.limit, 10_000);
  const { isForward, position, origin } = cursorOf(input);
  const page = isForward
    ? fromHead(events.slice(indexAfter(events, position)), limit)
    : fromTail(events.slice(0, indexBefore(events, position)), limit);
  return {
    page,
    forward: eventId(page.at(-1) ?? origin),
    backward: eventId(page[0] ?? origin),
  };
}

const indexBefore = (events: readonly LogEvent[], { timestamp, sequence }: Position): number =>
  indexAfter(events, { timestamp, sequence: sequence - 1 });

interface Cursor {
  isForward: boolean;
  position: Position;
  /** What the tokens of an empty page name. */
  origin: Position;
}

function cursorOf({
  nextToken,
  startTime = 0,
  startFromHead = false,
}: GetLogEventsRequest): Cursor {
  if (nextToken !== undefined) return readToken(nextToken);
  const origin = { timestamp: startTime, sequence: -1 };
  const end = { timestamp: Infinity, sequence: 0 };
  return { isForward: startFromHead, position: startFromHead ? origin : end, origin };
}

function readToken(token: string): Cursor {
  const [, direction, id = ''] = /^([fb])\/(\d{56})(?:\/s)?$/.exec(token) ?? [];
  const position = positionOf(id);
  if (!position) throw invalid('The specified nextToken is invalid.');
  return { isForward: direction === 'f', position, origin: position };
}

const fromHead = (events: LogEvent[], limit: number): LogEvent[] =>
  events.slice(0, countThatFits(events, limit));

function fromTail(events: LogEvent[], limit: number): LogEvent[] {
  const last = events.slice(-limit);
  return last.slice(last.length - countThatFits(last.toReversed(), limit));
}

/** A page holds at most 1 MB. */
export function countThatFits(events: readonly { message: string }[], limit: number): number {
  let bytes = 0;
  let count = 0;
  for (const { message } of events) {
    bytes += Buffer.byteLength(message);
    if (count === limit || (bytes > mostBytes && count > 0)) break;
    count += 1;
  }
  return count;
}
