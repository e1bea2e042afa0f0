import type { TargetName } from '../lib/targets/target';

/** A drill that has begun to act and was not undone yet. */
export interface Unfinished {
  lab: string;
  /** Id of the drill. */
  drill: string;
  target: TargetName;
  accountId: string;
  region: string;
  /** What the drill remembers, as JSON can hold it. */
  memory: unknown;
}

/** Where drills are noted before they act, outside of the process that may be killed. */
export interface Journal {
  /** Notes a drill, or what it remembers by now. */
  note: (drill: Unfinished) => void;
  /** It is undone. */
  close: (drill: Unfinished) => void;
  /** Drills of this lab that no living process will undo. */
  unfinished: (place: DrillPlace) => Unfinished[];
  /** Throws a LearnerError while another process acts on this lab. */
  refuseOthers: (place: DrillPlace) => void;
}

/** The lab and the account in which a drill acts. */
export type DrillPlace = Omit<Unfinished, 'drill' | 'memory'>;

/** For runs that nobody can kill: tests, and replays of a record. */
export const noJournal: Journal = {
  note: () => {},
  close: () => {},
  unfinished: () => [],
  refuseOthers: () => {},
};
