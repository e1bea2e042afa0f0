import { eventId, positionOf } from './event-id';
import type { Source } from './insights';
import { eventsBetween } from './reading';
import type { Group, LogEvent, LogsCall, Query, Stream } from './state';

/** Times are in seconds; AWS takes milliseconds, too. */
const toMilliseconds = (time: number): number => (time > 1e11 ? time : time * 1000);

/** Both ends are included; the newest event comes first. */
export function sourcesOf({ groups, startTime, endTime }: Query, call: LogsCall): Source[] {
  const from = toMilliseconds(startTime);
  const to = toMilliseconds(endTime) + (endTime > 1e11 ? 1 : 1000);
  const found = groups
    .flatMap((name) => call.state.groups.get(name) ?? [])
    .flatMap((group) =>
      [...group.streams.values()].flatMap((stream) =>
        eventsBetween({ group, stream, from, to }, call).map((event) =>
          sourceOf({ group, stream, event }, call),
        ),
      ),
    );
  return found.toReversed().toSorted((one, other) => other.timestamp - one.timestamp);
}

interface LogRecord {
  group: Group;
  stream: Stream;
  event: LogEvent;
}

/** An event as queries see it. */
export const sourceOf = ({ group, stream, event }: LogRecord, { accountId }: LogsCall): Source => ({
  timestamp: event.timestamp,
  ingestionTime: event.ingestionTime,
  message: event.message,
  logStream: stream.name,
  log: `${accountId}:${group.name}`,
  pointer: () =>
    Buffer.from(JSON.stringify([group.name, stream.name, eventId(event)])).toString('base64'),
});

/** The event that a `@ptr` names, when it is still there. */
export function recordAt(pointer: string, call: LogsCall): LogRecord | undefined {
  const text = Buffer.from(pointer, 'base64').toString();
  const [, groupName = '', streamName = '', id = ''] =
    /^\["([^"]+)","([^"]+)","(\d{56})"\]$/.exec(text) ?? [];
  const group = call.state.groups.get(groupName);
  const stream = group?.streams.get(streamName);
  return group && stream && eventAt({ group, stream }, id, call);
}

function eventAt(place: Omit<LogRecord, 'event'>, id: string, call: LogsCall) {
  const position = positionOf(id);
  if (!position) return undefined;
  const { timestamp } = position;
  const range = { ...place, from: timestamp, to: timestamp + 1 };
  const event = eventsBetween(range, call).find(({ sequence }) => sequence === position.sequence);
  return event && { ...place, event };
}
