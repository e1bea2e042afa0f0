import { gzipSync } from 'node:zlib';
import { patternOf } from './compiled';
import { eventId } from './event-id';
import type { Group, LogEvent, LogsCall, Stream, SubscriptionFilter } from './state';
import { type Delivery, targetOf } from './subscription-targets';

interface Arrived {
  group: Group;
  stream: Stream;
  events: readonly LogEvent[];
}

/** Hands the events that match to the destinations of the group's subscription filters. */
export function forward({ group, stream, events }: Arrived, call: LogsCall): void {
  for (const filter of group.subscriptionFilters.values()) {
    const logEvents = matchesOf(filter, events);
    if (logEvents.length === 0) continue;
    const body = packed({
      messageType: 'DATA_MESSAGE',
      owner: call.accountId,
      logGroup: group.name,
      logStream: stream.name,
      subscriptionFilters: [filter.name],
      logEvents,
    });
    call.background(() => deliver({ body, group, filter, key: stream.name }, call));
  }
}

function matchesOf(filter: SubscriptionFilter, events: readonly LogEvent[]) {
  const pattern = patternOf(filter);
  return events.flatMap((event) => {
    const extracted = pattern.match(event.message);
    if (!extracted) return [];
    return [
      {
        id: eventId(event),
        timestamp: event.timestamp,
        message: event.message,
        ...(pattern.kind === 'fields' ? { extractedFields: namedFields(extracted) } : {}),
      },
    ];
  });
}

/** Extracted fields go out without the dollar sign of their selectors. */
const namedFields = (extracted: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(extracted).map(([name, value]) => [name.slice(1), value]));

const packed = (message: Record<string, unknown>): Uint8Array => gzipSync(JSON.stringify(message));

/** What a destination refuses is gone: AWS retries for a day and then drops it. */
async function deliver(delivery: Delivery, call: LogsCall): Promise<void> {
  try {
    await targetOf(delivery.filter.destinationArn).send(delivery, call);
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
  }
}

/** The message by which AWS sees that a new subscription's destination can be reached. */
export async function sendControlMessage(
  group: Group,
  filter: SubscriptionFilter,
  call: LogsCall,
): Promise<void> {
  const target = targetOf(filter.destinationArn);
  const body = packed({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [
      {
        id: '',
        timestamp: call.now().getTime(),
        message: `CWL CONTROL MESSAGE: Checking health of destination ${target.kind}.`,
      },
    ],
  });
  await target.send({ body, group, filter, key: filter.name }, call);
}
