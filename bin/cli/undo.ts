import { fileJournal } from '../../checker/file-journal';
import { undoLeft } from '../../checker/unfinished';
import { loadChecks } from './lab';
import type { Session } from './session';

const placeOf = ({ short: lab, target }: Session) => ({
  lab,
  target: target.name,
  accountId: target.accountId,
  region: target.connection.region,
});

/** Undoes what drills of a killed run left; what cannot be undone is told, and stays in the journal. */
export async function undoDrills(session: Session): Promise<void> {
  const { folder, short, target, terminal } = session;
  if (fileJournal.unfinished(placeOf(session)).length === 0) return;
  terminal.progress('undoing what an interrupted drill left');
  const request = { lab: short, target, journal: fileJournal };
  for (const [id, why] of await undoLeft(request, loadChecks(folder))) {
    terminal.note(`what the drill ${id} did could not be undone: ${why}`);
  }
}

/** The lab is gone, and with it whatever a drill had changed. */
export function forgetDrills(session: Session): void {
  for (const drill of fileJournal.unfinished(placeOf(session))) fileJournal.close(drill);
}
