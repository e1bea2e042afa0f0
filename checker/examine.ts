import { LearnerError } from '../lib/errors';
import { unlessStopped } from './bounds';
import type { Drill, Graded, Outcome } from './check';
import { explain, type Failure } from './failure';
import type { Unfinished } from './journal';
import type { Evidence } from './look';
import type { Result } from './report/result';
import { resultOf } from './report/verdict';
import type { Run } from './running';
import { type Shared, type Stage, stageOf } from './stage';

type Entry<C extends Graded = Graded> = [id: string, check: C];

type Found = Outcome | { failure: Failure };

/** Looks and judges; a drill acts first and undoes what it did. Whatever is thrown becomes a failure to see. */
export async function examine(run: Run, entry: Entry, shared: Shared): Promise<Result> {
  const [id, check] = entry;
  const stage = stageOf(run, { entry, shared });
  run.asked.push(stage.evidence);
  const started = stage.now();
  run.onProgress({ type: 'looking', id, title: check.title });
  const found =
    check.kind === 'drill'
      ? await carryOut(run, [id, check], stage)
      : await attempt(() => confirmed(run, entry, stage), stage.evidence);
  const seconds = Math.round((stage.now() - started) / 1000);
  const evidence = stage.evidence.toSorted((one, other) => one.order - other.order);
  return resultOf(entry, 'failure' in found ? found.failure : found, { evidence, seconds });
}

/** Does something with the account, and explains why it could not. */
export async function attempt<T>(
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

export const isFailure = (found: unknown): found is { failure: Failure } =>
  typeof found === 'object' && found !== null && 'failure' in found;

/** The place of a drill in the journal. */
export function noteOf(run: Run, drill: string, memory: unknown): Unfinished {
  const { lab, accountId, region, target } = run.account;
  return { lab, drill, target, accountId, region, memory };
}

// --- internal ---

/** Proves its target, acts, judges, and undoes whatever happened in between. */
async function carryOut(run: Run, [id, drill]: Entry<Drill>, stage: Stage): Promise<Found> {
  const proved = await attempt(() => stage.step('prove', 'read', drill.prove), stage.evidence);
  if (isFailure(proved)) return proved;
  const news = { id, title: drill.title };
  run.onProgress({ type: 'acting', ...news, announce: drill.announce });
  const note = () => run.journal.note(noteOf(run, id, stage.memory));
  note();
  stage.memory.onChange(note);
  const found = await attempt(() => actAndLook(drill, stage), stage.evidence);
  run.onProgress({ type: 'undoing', ...news });
  const undone = await attempt(() => stage.always('undo', drill.undo), stage.evidence);
  if (isFailure(undone)) return notUndone(undone.failure);
  run.journal.close(noteOf(run, id, stage.memory));
  return found;
}

async function actAndLook(drill: Drill, stage: Stage): Promise<Outcome> {
  for (const [index, leadUp] of (drill.leadUp ?? []).entries()) {
    const reached = await stage.leadUp(`lead-up ${index + 1}`, leadUp);
    if (reached.verdict !== 'pass') return reached;
  }
  await stage.step('act', 'write', drill.act);
  return stage.look();
}

function notUndone(failure: Failure): Found {
  const why = `What the drill did could not be undone; the next run tries again. ${failure.why}`;
  return { failure: { ...failure, why } };
}

/**
 * What is not there may only not be visible yet: a failed look counts when another one, with facts
 * of its own, says the same. A check with `eventually` has looked again and again already.
 */
async function confirmed(run: Run, [id, check]: Entry, stage: Stage): Promise<Outcome> {
  let outcome = await stage.look();
  if (check.eventually || outcome.verdict === 'not gradable here') return outcome;
  for (let round = 1; outcome.verdict !== 'pass' || round > 1; round += 1) {
    if (round > rounds) throw new Wavering(check.title);
    await pause(run);
    const again = await stage.lookAgain(run.shared(`look ${round + 1}`, id));
    if (again.verdict === outcome.verdict) return again;
    outcome = again;
  }
  return outcome;
}

const rounds = 3;

/** Away from the emulator what was written needs a moment to be seen everywhere. */
async function pause({ target, signal }: Run): Promise<void> {
  if (target.name !== 'emulator') await unlessStopped(() => target.clock.wait(1000), signal);
}

/** Looks that follow each other see different things. */
class Wavering extends Error {
  override name = 'Wavering';

  constructor(title: string) {
    super(`"${title}" was seen differently each time; the account has not settled yet`);
  }
}
