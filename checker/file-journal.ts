import { entriesOf, removeEntry, writeEntry } from '../lib/drill-journal';
import { LearnerError } from '../lib/errors';
import type { DrillPlace, Journal, Unfinished } from './journal';
import { encode } from './tape/codec';

/** The journal in `.lab/drills.json`, which outlives Ctrl-C, `kill -9` and a machine that stops. */
export const fileJournal: Journal = {
  note: (drill) => writeEntry(keyOf(drill), { ...drill, memory: encode(drill.memory) }),
  close: (drill) => removeEntry(keyOf(drill)),
  unfinished: (place) =>
    entriesAt(place)
      .filter(({ isActing }) => !isActing)
      .map(({ note }) => note as Unfinished),
  refuseOthers(place) {
    const acting = entriesAt(place).find(({ isActing }) => isActing);
    if (acting) throw new LearnerError('DRILL_RUNNING', [place.lab, String(acting.pid)]);
  },
};

// --- internal ---

const keyOf = ({ target, accountId, region, lab, drill }: Omit<Unfinished, 'memory'>): string =>
  [target, accountId, region, lab, drill].join('/');

const entriesAt = (place: DrillPlace) => entriesOf(keyOf({ ...place, drill: '' }));
