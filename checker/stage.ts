import type { TargetClock } from '../lib/targets/target';
import type { Account } from './account';
import { unlessStopped, withinDeadline } from './bounds';
import { durationOf } from '../lib/duration';
import { type Eventually, type Graded, type LeadUp, type Outcome, pass } from './check';
import { lookUntil, type Patience } from './eventually';
import { during, type Evidence, type Facts, type Look, momentOfLook } from './look';
import { Memory } from './memory';
import type { Run } from './running';
import type { Request } from './tape/tape';

/** Facts that several looks share, under the name of their scope. */
export interface Shared {
  scope: string;
  facts: Facts;
}

/** Where one check looks and acts: its own memory, evidence, clock and deadline. */
export interface Stage {
  evidence: Evidence[];
  memory: Memory;
  /** Milliseconds on the target's clock. */
  now: () => number;
  look: () => Promise<Outcome>;
  /** One act on the way to a drill's own, and its look. */
  leadUp: (name: string, leadUp: LeadUp) => Promise<Outcome>;
  /** One more look with facts that are newer than those of the first. */
  lookAgain: (fresh: Shared) => Promise<Outcome>;
  /** One step of a drill, `prove` as `read`, `act` as `write`. */
  step: (name: string, mode: Look['mode'], work: Work<void>) => Promise<void>;
  /** As a `write` step, even when the learner has stopped the run. */
  always: (name: string, work: Work<void>) => Promise<void>;
}

interface Setting {
  entry: [id: string, check: Graded];
  /** What the first look believes; later ones look anew. */
  shared: Shared;
  memory?: Memory;
}

export function stageOf(run: Run, { entry, shared, memory = new Memory() }: Setting): Stage {
  const [id, check] = entry;
  const evidence: Evidence[] = [];
  const clock = clockOf(run, id);
  const act = actor(run, { check, memory, evidence });
  const unless = <T>(work: () => Promise<T>) => unlessStopped(work, run.signal);
  const alone = (name: string): Shared => ({ scope: `${id} ${name}`, facts: new Map() });

  let looks = 0;
  const lookWith = (believed: Shared) => {
    looks += 1;
    return unless(() => act(believed, 'read', (seen) => check.look(seen)));
  };
  const lookOnce = () => lookWith(looks === 0 ? shared : alone(`look ${looks}`));
  const step: Stage['step'] = (name, mode, work) => unless(() => act(alone(name), mode, work));
  const patience = (eventually: Eventually | undefined) =>
    patienceOf(run, entry, { clock, eventually });
  return {
    evidence,
    memory,
    now: () => clock.now().getTime(),
    look: () => lookUntil(lookOnce, patience(check.eventually)),
    async leadUp(name, { after, act: lead, until }) {
      if (after !== undefined) await unless(() => clock.pass(durationOf(after)));
      await step(name, 'write', lead);
      if (!until) return pass('Done.');
      let turns = 0;
      const lookAhead = () => {
        turns += 1;
        return unless(() => act(alone(`${name} look ${turns}`), 'read', until.look));
      };
      return lookUntil(lookAhead, patience(until));
    },
    lookAgain: lookWith,
    step,
    always: (name, work) => act(alone(name), 'write', work),
  };
}

// --- internal ---

/** Does something with the account under the rules of a look, as one check may. */
function actor(
  run: Run,
  { check, memory, evidence }: { check: Graded; memory: Memory; evidence: Evidence[] },
) {
  const account = Object.create(run.account, {
    memory: { value: memory },
    now: { value: () => momentOfLook() ?? run.account.now() },
  }) as Account;
  const rules = { evidence, tape: run.tape, callTimeout: run.timeouts.call };
  return <T>({ scope, facts }: Shared, mode: Look['mode'], work: Work<T>): Promise<T> => {
    const moment = run.moment(scope);
    const allows = (request: Request) => isAllowed(request, { check, mode, account });
    return withinDeadline(
      () => during({ ...rules, scope, facts, mode, moment, allows }, () => work(account)),
      run.timeouts.check,
      `"${check.title}" was not judged`,
    );
  };
}

const patienceOf = (
  run: Run,
  [id, check]: Setting['entry'],
  { clock, eventually }: Pick<Patience, 'clock' | 'eventually'>,
): Patience => ({
  eventually,
  clock,
  jumps: run.target.name === 'emulator',
  signal: run.signal,
  onWait: (outcome) =>
    run.onProgress({ type: 'waiting', id, title: check.title, why: waitsFor(outcome) }),
});

type Work<T> = (account: Account) => Promise<T>;

interface Asked {
  check: Graded;
  mode: Look['mode'];
  account: Account;
}

/** Beyond reads: calling functions that the lab's stacks named, receiving from the lab's inboxes, from any queue in a drill, and what a drill declares. */
function isAllowed({ call, input }: Request, { check, mode, account }: Asked): boolean {
  if (check.kind === 'drill' && mode === 'write' && check.writes.includes(call)) return true;
  if (call === 'lambda:Invoke') return isOfStacks(input, account);
  if (call !== 'sqs:ReceiveMessage') return false;
  const inboxes = Object.values(account.outputs);
  return check.kind === 'drill' || inboxes.includes((input as { QueueUrl: string }).QueueUrl);
}

/** `lab-01-orders-Function-…`: a look may ask what customers ask. */
const isOfStacks = (input: unknown, { lab }: Account): boolean =>
  (input as { FunctionName: string }).FunctionName.startsWith(`${lab}-`);

/** The target's clock as the tape tells it, and a note for all when waiting has moved it. */
const clockOf = (run: Run, id: string): TargetClock => ({
  now: () => new Date(run.tape.value(`clock of ${id}`, () => run.target.clock.now().getTime())),
  async wait(milliseconds) {
    const moved = await run.tape.wait(`clock of ${id}`, () => run.target.clock.wait(milliseconds));
    if (moved) run.outdate();
    return moved;
  },
  async pass(milliseconds) {
    await run.tape.wait(`clock of ${id}`, async () => {
      await run.target.clock.pass(milliseconds);
      return true;
    });
    run.outdate();
  },
});

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
