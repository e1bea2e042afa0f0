import type { TargetName } from '../../lib/targets/target';
import type { Proof } from '../check';
import type { Evidence } from '../look';

export type Verdict =
  'pass' | 'fail' | 'pending' | 'blocked' | 'inconclusive' | 'not gradable here' | 'skipped';

/** What became of one check, drill or guard. */
export interface Result {
  id: string;
  title: string;
  kind: 'check' | 'drill' | 'guard';
  task?: string;
  points: number;
  objective: string;
  verdict: Verdict;
  seen?: string;
  wanted?: string;
  where?: string;
  /** Why it is pending, inconclusive or not gradable here. */
  why?: string;
  eta?: string;
  /** Id of the need that did not pass. */
  blockedBy?: string;
  /** The value that decided, in the answer to one call, and when that was asked. */
  proof?: Proof & { time?: string };
  /** The call that was not answered as it should, when the check could not see. */
  call?: string;
  /** IAM action that the grading identity lacks. */
  action?: string;
  /** Name of the error that a look ended in. */
  error?: string;
  /** The account stopped answering, or the learner stopped the run: whatever else is known, not all is. */
  cutShort?: true;
  evidence: Evidence[];
  /** From the first look to the verdict, on the target's clock: shown, never judged. */
  seconds: number;
}

export interface Score {
  points: number;
  /** Points of what is gradable here and was not skipped. */
  of: number;
  /** Points of what could not be looked at; neither won nor lost. */
  undecided: number;
}

/** The outcome of one run; `--json` prints it as it is. */
export interface Report {
  /** Of this schema; a member may be added within a version, none changes its meaning. */
  version: 1;
  lab: string;
  target: TargetName;
  accountId?: string;
  region: string;
  /** When the run ended, on the target's clock. */
  time: string;
  /** All points, nothing skipped, and every guard held. */
  passed: boolean;
  score: Score;
  /** 0 all passed, 1 something failed, 2 could not look. */
  exitCode: 0 | 1 | 2;
  /** Why the account could not be looked at. */
  problem?: string;
  /** How often checks asked, and what was really sent: the same read is sent once. */
  calls: { asked: number; sent: number; operations: Record<string, number> };
  results: Result[];
}
