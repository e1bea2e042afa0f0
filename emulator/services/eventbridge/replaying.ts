import { archivesOf, expire } from './archive-store';
import { busNameOf } from './find';
import { route } from './route';
import type { Archive, Event, EventBridgeCall, EventBridgeState, Replay } from './state';

const minute = 60_000;

export const replaysOf = (state: EventBridgeState): Map<string, Replay> =>
  (state.replays ??= new Map());

/** A replay has one timer: for its next minute of events, a second away. */
export function soon({ name }: Replay, call: EventBridgeCall): void {
  call.timers.set({
    id: `replay:${name}`,
    name: 'replay',
    at: new Date(call.now().getTime() + 1000),
    payload: { name },
  });
}

/** Brings back the events of one minute; AWS keeps the order of minutes, not the one inside them. */
export function proceed({ name }: { name: string }, call: EventBridgeCall): void {
  const replay = replaysOf(call.state).get(name);
  if (!replay) return;
  const archive = [...archivesOf(call.state).values()].find(({ arn }) => arn === replay.archiveArn);
  if (replay.state === 'CANCELLING') return end(replay, 'CANCELLED', call);
  if (!archive) {
    replay.stateReason = 'Archive resource not found.';
    return end(replay, 'FAILED', call);
  }
  replay.state = 'RUNNING';
  expire(archive, call.now());
  const events = nextMinute(archive, replay);
  if (events.length === 0) return end(replay, 'COMPLETED', call);
  for (const event of events) bringBack(event, replay, call);
  soon(replay, call);
}

function end(replay: Replay, state: Replay['state'], call: EventBridgeCall): void {
  replay.state = state;
  replay.endedAt = call.now();
}

/** Events of the next minute that has any, and the cursor behind it. */
function nextMinute(archive: Archive, replay: Replay): Event[] {
  const times = archive.events
    .map(({ event }) => Date.parse(event.time))
    .filter((time) => time >= replay.cursor && time < replay.to);
  if (times.length === 0) return [];
  const from = replay.cursor;
  const until = Math.floor(Math.min(...times) / minute) * minute + minute;
  replay.cursor = until;
  return archive.events
    .map(({ event }) => event)
    .filter(({ time }) => isWithin(Date.parse(time), from, Math.min(until, replay.to)))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

const isWithin = (time: number, from: number, to: number): boolean => time >= from && time < to;

/** A new id, the name of the replay, and all else as it was. */
function bringBack(event: Event, replay: Replay, call: EventBridgeCall): void {
  const bus = call.state.buses.get(busNameOf(replay.destination.Arn));
  if (!bus) return;
  const again = { ...event, id: call.random.uuid(), 'replay-name': replay.name };
  route(bus, { event: again, only: replay.destination.FilterArns }, call);
  const time = new Date(event.time);
  if (!replay.lastEventAt || replay.lastEventAt < time) replay.lastEventAt = time;
}
