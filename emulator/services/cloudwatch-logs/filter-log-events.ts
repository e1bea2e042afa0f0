import type { FilterLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs';
import { checkedPattern } from './compiled';
import { checkedLimit, invalid } from './errors';
import { comparePositions, eventId, type Position, positionOf } from './event-id';
import { findGroup, findStream, nameOf } from './find';
import { checkIsStandard } from './log-class';
import { countThatFits, eventsBetween } from './reading';
import type { Group, LogEvent, LogsCall, LogsHandlers, Stream } from './state';

const mostEvents = 10_000;

export const filterLogEvents = {
  FilterLogEvents(input, call) {
    const limit = checkedLimit(input.limit, mostEvents);
    const pattern = checkedPattern(input.filterPattern);
    const group = findGroup(nameOf(input), call);
    checkIsStandard(group);
    const found: Found[] = [];
    for (const one of candidates(group, input, call)) {
      if (!pattern.match(one.event.message)) continue;
      found.push(one);
      // One more than the page tells whether there is a next one.
      if (found.length > limit) break;
    }
    const fitting = countThatFits(
      found.map(({ event }) => event),
      limit,
    );
    const page = found.slice(0, fitting);
    const last = page.at(-1);
    return {
      events: page.map(show),
      searchedLogStreams: [],
      ...(last && found.length > fitting ? { nextToken: tokenAt(last.event) } : {}),
    };
  },
} satisfies LogsHandlers;

interface Found {
  stream: string;
  event: LogEvent;
}

const show = ({ stream, event }: Found) => ({
  logStreamName: stream,
  timestamp: event.timestamp,
  message: event.message,
  ingestionTime: event.ingestionTime,
  eventId: eventId(event),
});

/** Events of all streams asked for, interleaved by time, behind the token. */
function candidates(group: Group, input: FilterLogEventsRequest, call: LogsCall): Found[] {
  const after = input.nextToken === undefined ? undefined : readToken(input.nextToken);
  const from = Math.max(input.startTime ?? 0, after?.timestamp ?? 0);
  const to = input.endTime === undefined ? undefined : input.endTime + 1;
  const streams = streamsOf(group, input);
  const found = streams.flatMap((stream) =>
    eventsBetween({ group, stream, from, to }, call).map((event) => ({
      stream: stream.name,
      event,
    })),
  );
  if (streams.length > 1) found.sort((one, other) => comparePositions(one.event, other.event));
  return after ? found.filter(({ event }) => comparePositions(event, after) > 0) : found;
}

function streamsOf(group: Group, input: FilterLogEventsRequest): Stream[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names && prefix !== undefined)
    // The text was not verified.
    throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive.');
  if (names) return names.map((name) => findStream(group, name));
  return [...group.streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
}

const tokenAt = (event: LogEvent): string => Buffer.from(eventId(event)).toString('base64url');

function readToken(token: string): Position {
  const position = positionOf(Buffer.from(token, 'base64url').toString());
  if (!position) throw invalid('The specified nextToken is invalid.');
  return position;
}
