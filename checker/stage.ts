import type { Account } from './account';
import { unlessStopped, withinDeadline } from './bounds';
import type { Graded, Outcome } from './check';
import type { GradedTarget } from './connect';
import { lookUntil } from './eventually';
import { during, type Evidence, type Look } from './look';
import type { Progress } from './progress';

/** What all checks of one run share. */
export interface Run {
  account: Account;
  target: GradedTarget;
  signal: AbortSignal;
  onProgress: (news: Progress) => void;
}

type Facts = Look['facts'];

/** Where one check looks and acts: its own memory, evidence and deadline. */
export interface Stage {
  evidence: Evidence[];
  look: () => Promise<Outcome>;
  /** One step of a drill, `prove` as `read`, `act` and `undo` as `write`. */
  step: (mode: Look['mode'], work: Work<void>) => Promise<void>;
  /** As `step`, even when the learner has stopped the run. */
  always: (work: Work<void>) => Promise<void>;
}

/** `facts` are what other looks of this run know already; only the first look believes them. */
export function stageOf(run: Run, [id, check]: [string, Graded], facts: Facts): Stage {
  const account = Object.create(run.account, { memory: { value: new Map() } }) as Account;
  const evidence: Evidence[] = [];
  const rules = { evidence, inboxes: Object.values(account.outputs), now: () => account.now() };
  const doing = <T>(look: Pick<Look, 'mode' | 'facts'>, work: Work<T>) =>
    withinDeadline(() => during({ ...rules, ...look }, () => work(account)), deadline);
  const unless = <T>(work: () => Promise<T>) => unlessStopped(work, run.signal);

  let known = facts;
  const lookOnce = () => {
    const believed = known;
    known = new Map();
    return unless(() => doing({ mode: 'read', facts: believed }, (seen) => check.look(seen)));
  };
  const onWait = (outcome: Outcome) =>
    run.onProgress({ type: 'waiting', id, title: check.title, why: waitsFor(outcome) });
  const patience = { eventually: check.eventually, target: run.target, signal: run.signal, onWait };
  return {
    evidence,
    look: () => lookUntil(lookOnce, patience),
    step: (mode, work) => unless(() => doing({ mode, facts: new Map() }, work)),
    always: (work) => doing({ mode: 'write', facts: new Map() }, work),
  };
}

// --- internal ---

type Work<T> = (account: Account) => Promise<T>;

const deadline = 60;

function waitsFor(outcome: Outcome): string {
  switch (outcome.verdict) {
    case 'fail':
      return outcome.seen;
    case 'pending':
      return `${outcome.why} (${outcome.eta})`;
    case 'not gradable here':
      return outcome.why;
    case 'pass':
      return `${outcome.seen} It must stay so.`;
  }
}
