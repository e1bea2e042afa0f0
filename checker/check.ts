import type { Account } from './account';

/** What a verdict rests on: one value in the answer to one call. */
export interface Proof {
  /** `iam:GetRole`; one of the calls that the look made. */
  call: string;
  /** ARN, or id where AWS has none. */
  resource: string;
  /** Path in the answer: `Role.AssumeRolePolicyDocument.Statement[0].Principal`. */
  path: string;
  expected: unknown;
  actual: unknown;
}

/** What a look at the account found. The engine adds blocked and inconclusive. */
export type Outcome =
  | { verdict: 'pass'; seen: string; proof?: Proof }
  | { verdict: 'fail'; seen: string; wanted: string; where: string; proof?: Proof }
  | { verdict: 'pending'; why: string; eta: string }
  | { verdict: 'not gradable here'; why: string };

/** `seen` is a sentence that names the resource and ends with a period. */
export const pass = (seen: string, proof?: Proof): Outcome => ({
  verdict: 'pass',
  seen,
  ...(proof && { proof }),
});

/** `where` says where to look or mend: a console path, an ARN, a property. */
export const fail = (found: {
  seen: string;
  wanted: string;
  where: string;
  proof?: Proof | undefined;
}): Outcome => {
  const { proof, ...told } = found;
  return { verdict: 'fail', ...told, ...(proof && { proof }) };
};

/** The account is on its way there; `eta` in words, `within 3 minutes`. */
export const pending = (why: string, eta: string): Outcome => ({ verdict: 'pending', why, eta });

/** The target does not emulate what the learner's answer uses; the points leave the total. */
export const notGradable = (why: string): Outcome => ({ verdict: 'not gradable here', why });

/** How long a check keeps looking, on the target's clock: `{ within: '10m', every: '15s' }`. */
export interface Eventually {
  within: string;
  every: string;
  /** The passing state must hold this long. */
  stableFor?: string;
}

/** An act on the way to the drill's own, and what must be seen before the next one. */
export interface LeadUp {
  /** Lets this much of the target's time pass first, `60s`. */
  after?: string;
  act: (account: Account) => Promise<void>;
  /** Looked at until it passes; an end that is no pass is the drill's outcome. Without it the next act follows at once. */
  until?: { look: (account: Account) => Promise<Outcome> } & Eventually;
}

interface Examination {
  /** The compliant state, as a sentence without `Check` or `Ensure`. */
  title: string;
  /** Letter of the task it grades; none for a guard. */
  task?: string;
  /** Ids (export names) of checks that must pass first. */
  needs?: string[];
  /** API calls it reads, `config:DescribeConfigRules`: the least privilege that grading needs. */
  reads: string[];
  /** What a learner gains by it, in one sentence. */
  objective: string;
  /** What to look at → where → how; without it the ladder of its task. */
  hints?: string[];
  eventually?: Eventually;
}

/** Reads and judges; never writes, sleeps or retries. Its id is its export name in `checks.ts`. */
export interface Check extends Examination {
  kind?: 'check';
  points: number;
  look: (account: Account) => Promise<Outcome>;
}

/** A check that acts: announced, proved to hit the lab's own resources only, and undone even when it fails. */
export interface Drill extends Examination {
  kind: 'drill';
  points: number;
  /** What it is about to do, printed before the first write. */
  announce: string;
  /** API calls that `act` and `undo` may make beside reads; any other is stopped before it leaves. */
  writes: string[];
  /** Throws when a target of the drill is not the lab's own (by tag and by stack). */
  prove: (account: Account) => Promise<void>;
  /** Acts that lead up to `act`, in order, for a drill that must see something before it goes on. */
  leadUp?: LeadUp[];
  /** Remembers in `memory` before each call what `undo` must know: it is kept even when the process is killed. */
  act: (account: Account) => Promise<void>;
  /** Judges what `act` set in motion, until it passes or `eventually` is over. */
  look: (account: Account) => Promise<Outcome>;
  /** Puts back what `act` changed, from the account and `memory` alone; may run twice, or in another process. */
  undo: (account: Account) => Promise<void>;
}

/** Passes at the start and must still pass at the end; carries no points, but a broken one fails the lab. */
export interface Guard extends Examination {
  kind: 'guard';
  look: (account: Account) => Promise<Outcome>;
}

export type Graded = Check | Drill | Guard;
