import type { Graded } from '../../checker/check';
import type { Lab, Task } from '../../checker/lab';
import type { LabFolder } from '../../lib/discover';
import { LearnerError } from '../../lib/errors';
import { type LabProgress, progressOf, remember } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';
import { loadChecks, loadLab } from './lab';

/** A ladder of hints: of a task, or of one check that has its own. */
interface Ladder {
  /** What its steps are counted by: a task's letter or a check's id. */
  key: string;
  task?: string;
  check?: string;
  /** What is to be reached. */
  goal: string;
  hints: string[];
}

/** One step of a ladder, as shown and counted. */
export interface Hint extends Omit<Ladder, 'hints' | 'key'> {
  lab: string;
  step: number;
  of: number;
  hint: string;
}

/** The next step about what was typed, or about the first thing that the last check saw failing. */
export function nextHint(folder: LabFolder, typed: string | undefined, { note }: Terminal): Hint {
  const { short: lab } = folder;
  const progress = progressOf(lab, note);
  const ladders = laddersOf(loadLab(folder), loadChecks(folder));
  const { key, hints, ...about } =
    typed === undefined ? choose(ladders, progress) : named(typed, ladders, lab);
  let step = 1;
  remember(
    lab,
    (known) => {
      step = Math.min((known.hints[key] ?? 0) + 1, hints.length);
      return { hints: { ...known.hints, [key]: step } };
    },
    note,
  );
  return { lab, ...about, step, of: hints.length, hint: hints[step - 1] ?? '' };
}

/** The hint in words, the last line of a ladder included. */
export function hintLines({ task, goal, step, of, hint }: Hint, { paint }: Terminal): string[] {
  return [
    task === undefined ? paint('bold', goal) : `${paint('bold', `(${task})`)} ${goal}`,
    `${paint('yellow', `hint ${step} of ${of}`)}: ${hint}`,
    ...(step === of ? ['That was the last hint of this ladder.'] : []),
  ];
}

// --- internal ---

interface Ladders {
  tasks: Ladder[];
  /** By the id of every check: its own, or that of its task. */
  checks: Map<string, Ladder>;
}

function laddersOf({ tasks }: Lab, checks: Record<string, Graded>): Ladders {
  const ofTask = ({ letter, goal, hints }: Task): Ladder => ({
    key: letter,
    task: letter,
    goal,
    hints,
  });
  const byLetter = new Map(tasks.map((task) => [task.letter, ofTask(task)]));
  const all = Object.entries(checks).flatMap(([id, { hints, title, task }]) => {
    const own = hints && {
      key: id,
      check: id,
      goal: title,
      hints,
      ...(task !== undefined && { task }),
    };
    const ladder = own ?? byLetter.get(task ?? '');
    return ladder ? [[id, ladder] as const] : [];
  });
  return { tasks: [...byLetter.values()], checks: new Map(all) };
}

function named(typed: string, { tasks, checks }: Ladders, lab: string): Ladder {
  const letter = typed.replaceAll(/[()]/g, '').toLowerCase();
  const found = tasks.find(({ key }) => key === letter) ?? checks.get(typed);
  if (found) return found;
  const letters = tasks.map(({ key }) => key).join(', ');
  throw new LearnerError('TASK_NOT_FOUND', [typed, lab, letters]);
}

function choose({ tasks, checks }: Ladders, { hints, lastRun }: LabProgress): Ladder {
  const hasMore = ({ key, hints: { length } }: Ladder) => (hints[key] ?? 0) < length;
  const failing = (lastRun?.failing ?? []).flatMap((id) => checks.get(id) ?? []);
  const open = tasks.filter(({ key }) => lastRun?.open.includes(key));
  const wanted = [...failing, ...open];
  const next = wanted.find(hasMore) ?? wanted[0] ?? tasks.find(hasMore) ?? tasks[0];
  if (!next) throw new Error('a lab without tasks');
  return next;
}
