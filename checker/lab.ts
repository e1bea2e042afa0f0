import type { TargetName } from '../lib/targets/target';
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
  /** Brings the scene back to its flaws: run by `start` and `reset` after the stacks are there. */
  prepare?: (account: Account) => Promise<void>;
  /** Undoes what a success or the service itself left, before `destroy` deletes the stacks. */
  cleanUp?: (account: Account) => Promise<void>;
}

/** Declares a lab; the default export of `labs/lab-NN-<problem>/lab.ts`. The folder name is its id. */
export const defineLab = (lab: Lab): Lab => lab;
