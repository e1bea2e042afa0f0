import { findLabs, type LabFolder } from '../../lib/discover';
import { type LabProgress, progressOf } from '../../lib/progress';
import type { Terminal } from '../../lib/terminal';
import { timeLeft } from './exam';
import { loadLab } from './lab';

/** Where one left a lab, and what to type. */
export interface Step {
  lab: string;
  title: string;
  minutes: number;
  /** In words: where one stands. */
  state: string;
  command: string;
}

/** Labs that were begun and not passed, the latest first. */
export const begunLabs = (terminal: Terminal): Step[] =>
  findLabs()
    .map((folder) => ({ folder, progress: progressOf(folder.short, terminal.note) }))
    .filter(({ progress }) => progress.startedAt !== undefined && !progress.lastRun?.passed)
    .toSorted((one, other) =>
      (other.progress.startedAt ?? '').localeCompare(one.progress.startedAt ?? ''),
    )
    .map(({ folder, progress }) => stepOf(folder, progress));

/** What to do next: go on with what was begun, else the first lab on the path that was not passed. */
export function nextLab(terminal: Terminal): Step | undefined {
  const [begun] = begunLabs(terminal);
  if (begun) return begun;
  const open = findLabs()
    .filter(({ short }) => !progressOf(short, terminal.note).lastRun?.passed)
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  const [folder] = open;
  return folder && stepOf(folder, { hints: {} });
}

// --- internal ---

const placeOf = (folder: LabFolder): number => loadLab(folder).order ?? 99;

function stepOf(folder: LabFolder, progress: LabProgress): Step {
  const { short: lab } = folder;
  const { title, minutes } = loadLab(folder);
  return { lab, title, minutes, ...standing(lab, progress) };
}

function standing(lab: string, progress: LabProgress): Pick<Step, 'state' | 'command'> {
  const { exam, lastRun, startedAt } = progress;
  if (exam) {
    const left = Math.max(0, Math.ceil(timeLeft(exam) / 60_000));
    return { state: `an exam runs, ${left} min left`, command: `npm run lab watch ${lab}` };
  }
  if (startedAt === undefined) {
    return { state: 'not tried yet', command: `npm run lab start ${lab}` };
  }
  if (!lastRun) return { state: 'begun, not graded yet', command: `npm run check ${lab}` };
  const hints = Object.values(progress.hints).reduce((sum, steps) => sum + steps, 0);
  const open = lastRun.open.length > 0 ? `, open: ${lastRun.open.join(', ')}` : '';
  return {
    state: `${lastRun.points}/${lastRun.of}${open}, ${hints} hints used`,
    command: lastRun.open.length > 0 ? `npm run lab hint ${lab}` : `npm run check ${lab}`,
  };
}
