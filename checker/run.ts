import { LearnerError } from '../lib/errors';
import type { Account } from './account';
import type { Drill, Graded, Outcome } from './check';
import { connect, type GradedTarget } from './connect';
import { explain, type Failure } from './failure';
import type { Evidence } from './look';
import { byNeeds, inOrder } from './order';
import type { Progress } from './progress';
import type { Report, Result } from './report/result';
import { blockedBy, emptyResult, guardResult, resultOf } from './report/verdict';
import { exitCodeOf, isPassed, scoreOf } from './report/score';
import { stageOf, type Run, type Stage } from './stage';

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
  onProgress?: (news: Progress) => void;
  /** Stops the run; what a drill has done is undone first. */
  signal?: AbortSignal;
}

/**
 * Looks at the account and judges it: guards, checks in the order of their needs, drills, guards
 * again. The only place that catches: whatever a look throws becomes inconclusive or not gradable.
 */
export async function grade(request: GradeRequest): Promise<Report> {
  const { target, lab, checks, options } = request;
  const onProgress = options.onProgress ?? (() => {});
  const signal = options.signal ?? new AbortController().signal;
  const account = await attempt(() => connect(target, lab), []);
  if (isFailure(account)) {
    const results = Object.entries(checks).map((entry) =>
      resultOf(entry, account.failure, { evidence: [], seconds: 0 }),
    );
    return { ...reportOf(request, results), exitCode: 2, problem: account.failure.why };
  }
  const results = await gradeAll({ account, target, signal, onProgress }, request);
  return { ...reportOf(request, results), accountId: account.accountId };
}

// --- internal ---

const width = 4;

async function gradeAll(run: Run, { checks, options }: GradeRequest): Promise<Result[]> {
  const ofKind = (kind: Graded['kind']) =>
    Object.fromEntries(Object.entries(checks).filter(([, c]) => (c.kind ?? 'check') === kind));
  const facts = new Map<string, Promise<unknown>>();
  const known = new Map<string, Result>();
  const judge = (group: Record<string, Graded>, atOnce: number, seen = facts) =>
    inOrder(group, atOnce, async (id) => {
      const check = group[id] as Graded;
      const needs = (check.needs ?? []).flatMap((need) => known.get(need) ?? unknownNeed(id, need));
      const result = blockedBy([id, check], needs) ?? (await examine(run, [id, check], seen));
      known.set(id, result);
      run.onProgress({ type: 'done', result });
      return result;
    });

  const guards = ofKind('guard');
  const before = await judge(guards, width);
  await judge(ofKind('check'), width);
  const broken = before.find(
    ({ verdict }) => verdict !== 'pass' && verdict !== 'not gradable here',
  );
  for (const [id, drill] of Object.entries(ofKind('drill'))) {
    if (options.drills && !broken) await judge({ [id]: drill }, 1, new Map());
    else known.set(id, broken ? held([id, drill], broken) : emptyResult([id, drill], 'skipped'));
  }
  const after = await judge(guards, width, new Map());
  after.forEach((end, index) => known.set(end.id, guardResult(before[index] as Result, end)));
  return byNeeds(checks).map((id) => known.get(id) as Result);
}

/** A drill does not act on a scene that a guard found broken. */
const held = (entry: [string, Graded], guard: Result): Result =>
  blockedBy(entry, [guard]) as Result;

function unknownNeed(id: string, need: string): never {
  throw new Error(`check ${id} needs "${need}", which is no check of this lab`);
}

async function examine(run: Run, entry: [string, Graded], facts: Map<string, Promise<unknown>>) {
  const [id, check] = entry;
  const stage = stageOf(run, entry, facts);
  const started = run.account.now().getTime();
  run.onProgress({ type: 'looking', id, title: check.title });
  const found =
    check.kind === 'drill'
      ? await carryOut(run, [id, check], stage)
      : await attempt(stage.look, stage.evidence);
  const seconds = Math.round((run.account.now().getTime() - started) / 1000);
  const outcome = isFailure(found) ? found.failure : found;
  return resultOf(entry, outcome, { evidence: stage.evidence, seconds });
}

/** Proves its target, acts, judges, and undoes whatever happened in between. */
async function carryOut(run: Run, [id, drill]: [string, Drill], stage: Stage): Promise<Found> {
  const proved = await attempt(() => stage.step('read', drill.prove), stage.evidence);
  if (isFailure(proved)) return proved;
  const news = { id, title: drill.title };
  run.onProgress({ type: 'acting', ...news, announce: drill.announce });
  const found = await attempt(async () => {
    await stage.step('write', drill.act);
    return stage.look();
  }, stage.evidence);
  run.onProgress({ type: 'undoing', ...news });
  const undone = await attempt(() => stage.always(drill.undo), stage.evidence);
  if (!isFailure(undone)) return found;
  const why = `What the drill did could not be undone. ${undone.failure.why}`;
  return { failure: { ...undone.failure, why } };
}

type Found = Outcome | { failure: Failure };

const isFailure = (found: Found | Account | void): found is { failure: Failure } =>
  typeof found === 'object' && 'failure' in found;

async function attempt<T>(
  work: () => Promise<T>,
  evidence: Evidence[],
): Promise<T | { failure: Failure }> {
  try {
    return await work();
  } catch (error) {
    // What the learner typed or forgot: the command line says so and how to mend it.
    if (error instanceof LearnerError) throw error;
    return { failure: explain(error, evidence) };
  }
}

function reportOf({ lab, target }: GradeRequest, results: Result[]): Report {
  const lost = results.find(({ cutShort }) => cutShort);
  return {
    version: 1,
    lab,
    target: target.name,
    region: target.connection.region,
    time: target.clock.now().toISOString(),
    passed: isPassed(results),
    score: scoreOf(results),
    exitCode: exitCodeOf(results),
    ...(lost?.why && { problem: lost.why }),
    results,
  };
}
