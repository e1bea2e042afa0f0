import type { Account } from './account';
import type { Drill, Graded } from './check';
import { closeClients } from './clients';
import { connect, type GradedTarget } from './connect';
import { attempt, examine, isFailure, noteOf } from './examine';
import { type Journal, noJournal } from './journal';
import { during, type Evidence } from './look';
import { byNeeds, inOrder } from './order';
import type { Progress } from './progress';
import { problemOf, reportOf } from './report/report';
import type { Report, Result } from './report/result';
import { blockedBy, emptyResult, guardResult, leftBehind } from './report/verdict';
import { createRun, type Run, type Timeouts } from './running';
import { liveTape, type Tape } from './tape/tape';
import { undoUnfinished } from './unfinished';

export interface GradeRequest {
  /** `lab-05` */
  lab: string;
  /** The exports of the lab's `checks.ts`. */
  checks: Record<string, Graded>;
  target: GradedTarget;
  options: GradeOptions;
}

interface GradeOptions {
  /** False skips the checks that act. */
  drills: boolean;
  /** Ids of the only drills to run; all of them without it. */
  only?: readonly string[];
  onProgress?: (news: Progress) => void;
  /** Stops the run; what a drill has done is undone first. */
  signal?: AbortSignal;
  /** Notes drills outside of this process, so that the next run can undo them. */
  journal?: Journal;
  /** What the run learns from the world, when it is kept or told again. */
  tape?: Tape;
  timeouts?: Partial<Timeouts>;
}

/**
 * Looks at the account and judges it: guards, checks in the order of their needs, drills, guards
 * again. Whatever a look throws becomes inconclusive or not gradable.
 */
export async function grade(request: GradeRequest): Promise<Report> {
  const { target, lab, options } = request;
  const tape = options.tape ?? liveTape(() => target.clock.now());
  const timeouts = { call: 25_000, check: 60_000, ...options.timeouts };
  const asked: Evidence[][] = [[]];
  const account = await attempt(
    () => lookingFor(() => connect(target, lab), { tape, timeouts, asked, target }),
    asked[0] ?? [],
  );
  if (isFailure(account)) return problemOf(request, tape, account.failure);
  const run = createRun({
    account,
    target,
    tape,
    timeouts,
    asked,
    signal: options.signal ?? new AbortController().signal,
    journal: options.journal ?? noJournal,
    onProgress: options.onProgress ?? (() => {}),
  });
  try {
    const results = await judgeAll(run, request);
    return reportOf(request, tape, { results, asked, accountId: account.accountId });
  } finally {
    closeClients(account);
  }
}

// --- internal ---

const width = 4;

/** The look that opens the account, before there is a run. */
const lookingFor = (
  work: () => Promise<Account>,
  { tape, timeouts, asked, target }: Pick<Run, 'tape' | 'timeouts' | 'asked' | 'target'>,
): Promise<Account> =>
  during(
    {
      scope: 'connect',
      mode: 'read',
      facts: new Map(),
      evidence: asked[0] ?? [],
      allows: () => false,
      tape,
      moment: target.clock.now(),
      callTimeout: timeouts.call,
    },
    work,
  );

/** What an earlier run left is undone first. */
async function judgeAll(run: Run, request: GradeRequest): Promise<Result[]> {
  if (request.options.drills) run.journal.refuseOthers(noteOf(run, '', undefined));
  return gradeAll(run, request, await undoUnfinished(run, request.checks));
}

async function gradeAll(
  run: Run,
  { checks, options }: GradeRequest,
  left: Map<string, string>,
): Promise<Result[]> {
  const ofKind = (kind: Graded['kind']) =>
    Object.fromEntries(Object.entries(checks).filter(([, c]) => (c.kind ?? 'check') === kind));
  const known = new Map<string, Result>();
  const judge = (group: Record<string, Graded>, phase: string) =>
    inOrder(group, width, async (id) => {
      const entry: [string, Graded] = [id, group[id] as Graded];
      const needs = (entry[1].needs ?? []).flatMap((n) => known.get(n) ?? unknownNeed(id, n));
      const shared = () => run.shared(phase, id);
      const result = blockedBy(entry, needs) ?? (await examine(run, entry, shared()));
      known.set(id, result);
      run.onProgress({ type: 'done', result });
      return result;
    });

  const guards = ofKind('guard');
  const before = await judge(guards, 'look');
  await judge(ofKind('check'), 'look');
  const broken = before.find(
    ({ verdict }) => verdict !== 'pass' && verdict !== 'not gradable here',
  );
  const drills = ofKind('drill');
  for (const id of byNeeds(drills)) {
    const drill = drills[id] as Drill;
    const stands = left.get(id);
    if (stands !== undefined) known.set(id, leftBehind([id, drill], stands));
    else if (isWanted(options, id) && !broken) await judge({ [id]: drill }, `drill ${id}`);
    else known.set(id, broken ? held([id, drill], broken) : emptyResult([id, drill], 'skipped'));
  }
  const after = await judge(guards, 'end');
  after.forEach((end, index) => known.set(end.id, guardResult(before[index] as Result, end)));
  return byNeeds(checks).map((id) => known.get(id) as Result);
}

const isWanted = ({ drills, only }: GradeOptions, id: string): boolean =>
  drills && (only?.includes(id) ?? true);

/** A drill does not act on a scene that a guard found broken. */
const held = (entry: [string, Graded], guard: Result): Result =>
  blockedBy(entry, [guard]) as Result;

function unknownNeed(id: string, need: string): never {
  throw new Error(`check ${id} needs "${need}", which is no check of this lab`);
}
