import type { Drill, Graded } from './check';
import { connect, type GradedTarget } from './connect';
import { attempt, isFailure, noteOf } from './examine';
import { Memory } from './memory';
import type { Journal } from './journal';
import { createRun, type Run } from './running';
import { stageOf } from './stage';
import { decode } from './tape/codec';
import { liveTape } from './tape/tape';

/** Undoes what drills of an interrupted or killed run left; answers why, for those that still stand. */
export async function undoUnfinished(
  run: Run,
  checks: Record<string, Graded>,
): Promise<Map<string, string>> {
  const left = new Map<string, string>();
  for (const note of run.journal.unfinished(noteOf(run, '', undefined))) {
    const drill = checks[note.drill];
    // A lab that has no such drill any more cannot say what to undo.
    if (drill?.kind !== 'drill') run.journal.close(note);
    else await undo(run, [note.drill, drill], { memory: note.memory, left });
  }
  return left;
}

/** As `undoUnfinished`, for a command that does not grade: `reset` and `destroy` begin with it. */
export async function undoLeft(
  { lab, target, journal }: { lab: string; target: GradedTarget; journal: Journal },
  checks: Record<string, Graded>,
): Promise<Map<string, string>> {
  const run = createRun({
    account: await connect(target, lab),
    target,
    journal,
    tape: liveTape(() => target.clock.now()),
    timeouts: { call: 25_000, check: 60_000 },
    signal: new AbortController().signal,
    onProgress: () => {},
    asked: [],
  });
  return await undoUnfinished(run, checks);
}

// --- internal ---

async function undo(
  run: Run,
  [id, drill]: [string, Drill],
  { memory, left }: { memory: unknown; left: Map<string, string> },
): Promise<void> {
  run.onProgress({ type: 'undoing', id, title: drill.title });
  const known = decode(memory);
  const stage = stageOf(run, {
    entry: [id, drill],
    shared: { scope: `${id} left behind`, facts: new Map() },
    memory: new Memory(known instanceof Map ? known : []),
  });
  const undone = await attempt(() => stage.always('undo left', drill.undo), stage.evidence);
  if (isFailure(undone)) left.set(id, undone.failure.why);
  else run.journal.close(noteOf(run, id, undefined));
}
