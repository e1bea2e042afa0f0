import type { Account } from './account';
import type { AnswerFiles } from './lab';

/** A near-miss answer: the solution changed in one way that a real learner gets wrong. */
export interface Mutant<SolutionStack> {
  /** What the learner did, as a phrase. */
  name: string;
  /** Id of the one check that must fail; what needs it is blocked. */
  breaks: string;
  /** Fragment of that check's message. */
  says: string;
  mutate?: (solution: SolutionStack) => void;
  /** An earlier answer, whose traces are still there ten minutes later. */
  before?: (solution: SolutionStack) => void;
  /** What the learner did besides, by hand, after everything was deployed. */
  act?: (account: Account) => Promise<unknown>;
  /** Of a lab whose answer has files: how they differ from the solution's. */
  files?: (files: AnswerFiles) => AnswerFiles;
}

/** A mistake that AWS itself refuses, tried on the untouched lab. */
export interface Refused {
  name: string;
  call: (account: Account) => Promise<unknown>;
  /** AWS's error code. */
  error: string;
  /** Fragment of AWS's message. */
  says: string;
  /** Letter of the task whose hints explain it, and the fragment that does. */
  hint: { task: string; says: string };
}
