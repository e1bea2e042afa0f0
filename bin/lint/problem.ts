import type { Graded } from '../../checker/check';
import type { Lab } from '../../checker/lab';
import type { Mutant, Refused } from '../../checker/mutant';

/** Everything of a lab that the lint reads. */
export interface Linted {
  /** `lab-05` */
  short: string;
  folder: string;
  lab: Lab;
  checks: Record<string, Graded>;
  mutants: Pick<Mutant<never>, 'name' | 'breaks' | 'says'>[];
  refused: Pick<Refused, 'name' | 'hint'>[];
  /** File names. */
  alternatives: string[];
  readme: string;
}

/** One thing to mend: a sentence that says where it is and what is wanted. */
export type Problem = string;

/** A part of the contract that can be read off a lab without an account. */
export type Rule = (linted: Linted) => Problem[];
