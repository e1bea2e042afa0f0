import type { InputLogEvent, RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs';
import { checkText, constraint, invalid } from './errors';
import { emitEmbedded } from './embedded-metrics';
import { append, discardBefore, sizeOf } from './event-store';
import { findGroup, findStream } from './find';
import { cutoffOf } from './expiry';
import { emitMetrics } from './metric-emission';
import type { Group, LogEvent, LogsCall, LogsHandlers, Stream } from './state';
import { sequenceToken } from './streams';
import { forward } from './subscription-delivery';

const hour = 3_600_000;
const day = 24 * hour;
const largestBatch = 1_048_576;
const mostEvents = 10_000;

export const ingestion = {
  PutLogEvents({ logGroupName, logStreamName, logEvents = [] }, call) {
    checkText(logGroupName, 'logGroupName');
    checkText(logStreamName, 'logStreamName', { pattern: '[^:*]*' });
    const given = checkedBatch(logEvents);
    const group = findGroup(logGroupName, call);
    const stream = findStream(group, logStreamName);
    const { accepted, rejected } = sift(given, group, call);
    if (accepted.length > 0) ingest({ group, stream, accepted }, call);
    return {
      nextSequenceToken: sequenceToken(stream),
      ...(rejected && { rejectedLogEventsInfo: rejected }),
    };
  },
} satisfies LogsHandlers;

interface Given {
  timestamp: number;
  message: string;
}

function checkedBatch(logEvents: InputLogEvent[]): Given[] {
  if (logEvents.length === 0)
    throw constraint('[]', 'logEvents', 'have length greater than or equal to 1');
  if (logEvents.length > mostEvents)
    throw constraint('logEvents', 'logEvents', `have length less than or equal to ${mostEvents}`);
  const given = logEvents.map(({ timestamp, message }, index) => {
    checkText(message, `logEvents.${index + 1}.member.message`, { longest: Infinity });
    if (timestamp === undefined || timestamp < 0)
      throw constraint(
        timestamp,
        `logEvents.${index + 1}.member.timestamp`,
        'have value greater than or equal to 0',
      );
    return { timestamp, message };
  });
  checkOrder(given);
  checkSize(given);
  return given;
}

function checkOrder(given: Given[]): void {
  const isUnordered = given.some(
    ({ timestamp }, index) => timestamp < (given[index - 1]?.timestamp ?? 0),
  );
  if (isUnordered)
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  const span = (given.at(-1)?.timestamp ?? 0) - (given[0]?.timestamp ?? 0);
  if (span > day)
    throw invalid(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
}

/** A single event may fill the batch: 1 MiB with its 26 bytes. */
function checkSize(given: Given[]): void {
  const bytes = given.reduce((sum, { message }) => sum + sizeOf(message), 0);
  if (bytes > largestBatch)
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${largestBatch}`);
}

/** Events may be 14 days old, not expired yet, and 2 hours ahead; the rest is told, not refused. */
function sift(given: Given[], group: Group, call: LogsCall) {
  const now = call.now().getTime();
  const expiredEnd = given.filter(({ timestamp }) => timestamp < cutoffOf(group, call)).length;
  const tooOldEnd = given.filter(({ timestamp }) => timestamp < now - 14 * day).length;
  const tooNewStart = given.findIndex(({ timestamp }) => timestamp > now + 2 * hour);
  const end = tooNewStart === -1 ? given.length : tooNewStart;
  const accepted = given.slice(Math.max(expiredEnd, tooOldEnd), end);
  const rejected: RejectedLogEventsInfo = {
    ...(tooOldEnd > 0 ? { tooOldLogEventEndIndex: tooOldEnd } : {}),
    ...(tooNewStart === -1 ? {} : { tooNewLogEventStartIndex: tooNewStart }),
    ...(expiredEnd > 0 ? { expiredLogEventEndIndex: expiredEnd } : {}),
  };
  return { accepted, ...(accepted.length < given.length ? { rejected } : {}) };
}

interface Batch {
  group: Group;
  stream: Stream;
  accepted: Given[];
}

function ingest({ group, stream, accepted }: Batch, call: LogsCall): void {
  const ingestionTime = call.now().getTime();
  const events = accepted.map(({ timestamp, message }): LogEvent => ({
    timestamp,
    ingestionTime,
    message,
    sequence: call.state.sequence++,
  }));
  discardBefore(stream, cutoffOf(group, call));
  append(stream, events, call.blobs);
  const [first = 0, last = 0] = [events[0]?.timestamp, events.at(-1)?.timestamp];
  stream.firstEventAt = Math.min(stream.firstEventAt ?? first, first);
  stream.lastEventAt = Math.max(stream.lastEventAt ?? last, last);
  stream.lastIngestedAt = ingestionTime;
  emitMetrics(group, events, call);
  emitEmbedded(group, events, call);
  forward({ group, stream, events }, call);
}
