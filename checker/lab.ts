import type { TargetClock, TargetName } from '../lib/targets/target';
import type { Account } from './account';
import type { Finding, Surroundings } from './doctor';

/** One lettered task of a lab, as the README's task list and `lab hint` show it. */
export interface Task {
  letter: string;
  /** What to reach, in one sentence for the learner. */
  goal: string;
  /** Task statements of the exam guide that it practises, `['5.2']`. */
  statements: string[];
  /** What to look at → where → how; never the answer first. */
  hints: string[];
}

/** Files by their paths inside their folder, `app/index.js`. */
export type AnswerFiles = Readonly<Record<string, Uint8Array>>;

/**
 * What an answer has besides its stack: a folder of files in `starter/`, `solution/` and
 * `work/lab-NN/`, which the lab carries into the account.
 */
interface AnswerParts {
  /** `orders` */
  folder: string;
  /** Brings the first files in: run by `start` and `reset` before the answer's stack is deployed. */
  install: (account: Account, files: AnswerFiles) => Promise<void>;
  /** Hands files over after the answer's stack is deployed, unless they are there already; says what it did. */
  deliver: (account: Account, files: AnswerFiles) => Promise<string>;
  /** Does what a learner does by hand until what was delivered is in effect; throws when it does not get there. */
  settle: (account: Account, clock: TargetClock) => Promise<void>;
}

/** Where a release has got to. */
export interface Stages {
  /** Everything that moves, in words: `Deploy: InProgress`, `live: 10 % on version 3`. */
  lines: string[];
  /** Set once nothing moves any more. */
  ended?: { well: boolean; how: string };
}

/** A release that `lab release` pushes and watches. */
export interface Release {
  /** What is particular about it, for the help. */
  summary: string;
  /** Pushes what was delivered last, changed as this kind of release is; keeps in `memory` what `look` needs. */
  push: (account: Account) => Promise<void>;
  /** Does what is due, such as approving and sending orders; asked again and again. */
  help: (account: Account) => Promise<void>;
  look: (account: Account) => Promise<Stages>;
  /** Puts back what lay there before, so that the next release begins with the learner's own. */
  putBack: (account: Account) => Promise<void>;
}

export interface Lab {
  title: string;
  /** Domain of the exam, 1-6. */
  domain: number;
  minutes: number;
  difficulty: 'foundation' | 'intermediate' | 'advanced';
  /** What an hour of the deployed lab costs on AWS, from where, and when that was read. */
  cost: { usdPerHour: number; source: string; checked: string };
  targets: TargetName[];
  /** False while the lab has fewer checks, drills, mutants or alternatives than the contract asks. */
  complete: boolean;
  tasks: Task[];
  /** Place on the suggested path through the labs; a lab without one comes last. */
  order?: number;
  /** Literals in checks that neither a task names nor AWS: each with the reason why a learner need not know it. */
  free?: Record<string, string>;
  /** Looks whether the account is fit for the lab: run by `lab doctor` and before `start`. */
  doctor?: (surroundings: Surroundings) => Promise<Finding[]>;
  /** The scene's parameters by what the account held before, one line each: `config recorder default`. */
  sceneParameters?: (held: readonly string[]) => Record<string, string>;
  /** Brings the scene back to its flaws: run by `start` and `reset` after the stacks are there. */
  prepare?: (account: Account) => Promise<void>;
  /** Undoes what a success or the service itself left, before `destroy` deletes the stacks. */
  cleanUp?: (account: Account) => Promise<void>;
  /** What an answer has besides its stack. */
  files?: AnswerParts;
  /** By the word that `lab release` takes. */
  releases?: Record<string, Release>;
  /** CloudFormation types that drills change for good, each with the reason why it cannot be taken back. */
  leaves?: Record<string, string>;
}

/** Declares a lab; the default export of `labs/lab-NN-<problem>/lab.ts`. The folder name is its id. */
export const defineLab = (lab: Lab): Lab => lab;
