import { notFound } from './errors';
import type { Archive, Event, EventBridgeCall, EventBridgeState } from './state';

const day = 86_400_000;

export const archivesOf = (state: EventBridgeState): Map<string, Archive> =>
  (state.archives ??= new Map());

/** The archive with what its retention still holds. */
export function findArchive(name: string, call: EventBridgeCall): Archive {
  const archive = archivesOf(call.state).get(name);
  if (!archive) throw notFound(`Archive ${name} does not exist.`);
  expire(archive, call.now());
  return archive;
}

/** Retention counts from when an event came in, not from the time that it names. */
export function expire(archive: Archive, now: Date): void {
  if (archive.retention === 0) return;
  const oldest = now.getTime() - archive.retention * day;
  archive.events = archive.events.filter(({ storedAt }) => storedAt > oldest);
}

/** Keeps an event; an archive that is gone meanwhile keeps nothing. */
export function store(name: string, event: Event, call: EventBridgeCall): void {
  const archive = archivesOf(call.state).get(name);
  if (!archive) return;
  expire(archive, call.now());
  const size = Buffer.byteLength(JSON.stringify(event));
  archive.events.push({ event, storedAt: call.now().getTime(), size });
  call.touch();
}
