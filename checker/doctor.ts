import type { Account, Clients } from './account';

/** An account before the lab is in it: no outputs yet, nothing to remember. */
export interface Surroundings
  extends Clients, Pick<Account, 'target' | 'accountId' | 'region' | 'lab'> {}

/** What an examination before a lab has found. */
export interface Finding {
  /** `stop`: the lab does not start like this. `note`: good to know. */
  verdict: 'fine' | 'note' | 'stop';
  /** A sentence that names what was found. */
  seen: string;
  /** What to do about it. */
  advice?: string;
  /** What a learner types who wants to go on all the same; without it nobody can. */
  accept?: string;
}
