import type { Call } from '../../call';
import { comparePositions } from './event-id';
import type { Chunk, Group, LogEvent, Stream } from './state';

type Blobs = Call['blobs'];

/** The most that the state's own file holds of a stream; what is older lies in chunks. */
const mostOpen = { events: 500, bytes: 128 * 1024 };

/** What AWS adds to each event's length. */
const overheadBytes = 26;

/** All events of a stream in order, as they were last put together. */
const sorted = new WeakMap<Stream, LogEvent[]>();

/** All events of a stream in order of time, expired ones too. */
export function allEvents(stream: Stream, blobs: Blobs): readonly LogEvent[] {
  const known = sorted.get(stream);
  if (known) return known;
  const events = [...stream.chunks.flatMap((chunk) => readChunk(chunk, blobs)), ...stream.open];
  events.sort(comparePositions);
  sorted.set(stream, events);
  return events;
}

/** Adds the events of one batch, in order of time. */
export function append(stream: Stream, batch: readonly LogEvent[], blobs: Blobs): void {
  for (const event of batch) {
    stream.open.push(event);
    stream.openBytes += sizeOf(event.message);
  }
  const known = sorted.get(stream);
  if (known) mergeInto(known, batch);
  if (stream.open.length > mostOpen.events || stream.openBytes > mostOpen.bytes)
    seal(stream, blobs);
}

/** Only what is older than what came before it makes sorting needed. */
function mergeInto(known: LogEvent[], batch: readonly LogEvent[]): void {
  const [last, first] = [known.at(-1), batch[0]];
  for (const event of batch) known.push(event);
  if (last && first && comparePositions(last, first) > 0) known.sort(comparePositions);
}

/** Bytes of a message as AWS counts them, overhead included. */
export const sizeOf = (message: string): number => Buffer.byteLength(message) + overheadBytes;

type Row = [timestamp: number, ingestionTime: number, sequence: number, message: string];

function seal(stream: Stream, blobs: Blobs): void {
  const events = stream.open.toSorted(comparePositions);
  const rows = events.map(({ timestamp, ingestionTime, sequence, message }): Row => [
    timestamp,
    ingestionTime,
    sequence,
    message,
  ]);
  stream.chunks.push({
    ref: blobs.put(Buffer.from(JSON.stringify(rows))),
    first: events[0]?.timestamp ?? 0,
    last: events.at(-1)?.timestamp ?? 0,
    bytes: stream.openBytes,
  });
  stream.open = [];
  stream.openBytes = 0;
}

function readChunk({ ref }: Chunk, blobs: Blobs): LogEvent[] {
  const rows = JSON.parse(Buffer.from(blobs.get(ref)).toString()) as Row[];
  return rows.map(([timestamp, ingestionTime, sequence, message]) => ({
    timestamp,
    ingestionTime,
    sequence,
    message,
  }));
}

/** Forgets the chunks of which every event was before this time. */
export function discardBefore(stream: Stream, time: number): void {
  const kept = stream.chunks.filter(({ last }) => last >= time);
  if (kept.length === stream.chunks.length) return;
  stream.chunks = kept;
  sorted.delete(stream);
}

/** Bytes of the events of a group that have not expired, to a chunk. */
export const storedBytes = (group: Group, cutoff: number): number =>
  [...group.streams.values()]
    .flatMap(({ chunks, openBytes, lastEventAt = 0 }) => [
      ...chunks.flatMap(({ last, bytes }) => (last < cutoff ? [] : [bytes])),
      lastEventAt < cutoff ? 0 : openBytes,
    ])
    .reduce((sum, bytes) => sum + bytes, 0);
