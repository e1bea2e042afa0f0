import { exclusively } from './exclusively';
import { readJson, setAside, writeJson } from './files';
import { labFile, shown } from './home';

/** What is remembered of a learner's way through one lab. */
export interface LabProgress {
  /** Steps of the hint ladders already shown, by check or task. */
  hints: Record<string, number>;
  startedAt?: string;
  /** True once the reference solution was deployed by `lab solve`. */
  solved?: boolean;
  lastRun?: LastRun;
  /** Checks that have passed once, and when: in practice a pass sticks. */
  passed?: Record<string, string>;
  /** The exam that runs. */
  exam?: RunningExam | undefined;
  exams?: FinishedExam[];
}

interface LastRun {
  time: string;
  target: string;
  points: number;
  of: number;
  passed: boolean;
  /** Letters of the tasks that did not pass. */
  open: string[];
  /** Ids of the checks that failed, guards first. */
  failing?: string[];
}

export interface RunningExam {
  /** Wall time, ISO 8601. */
  startedAt: string;
  minutes: number;
}

interface FinishedExam extends RunningExam {
  endedAt: string;
  points: number;
  of: number;
  passed: boolean;
}

export interface Progress {
  version: 1;
  labs: Record<string, LabProgress>;
}

/** Says what became of a damaged file. */
type Note = (text: string) => void;

export const progressFile = (): string => labFile('progress.json');

export const progressOf = (lab: string, note: Note): LabProgress =>
  read(note).labs[lab] ?? { hints: {} };

/** Everything, for `lab progress export`. */
export const allProgress = (note: Note): Progress => read(note);

type Change = (known: LabProgress) => Partial<LabProgress>;

/**
 * Changes what is remembered of a lab: two commands at once both count, and an interrupted one
 * leaves the old file or the new one.
 */
export function remember(lab: string, change: Partial<LabProgress> | Change, note: Note): void {
  edit(note, ({ labs }) => {
    const known = labs[lab] ?? { hints: {} };
    const news = typeof change === 'function' ? change(known) : change;
    return { ...labs, [lab]: { ...known, ...news } };
  });
}

/** Forgets one lab, or all of them. */
export function forget(lab: string | undefined, note: Note): void {
  edit(note, ({ labs }) =>
    Object.fromEntries(Object.entries(labs).filter(([name]) => lab !== undefined && name !== lab)),
  );
}

function edit(note: Note, change: (progress: Progress) => Progress['labs']): void {
  const file = progressFile();
  exclusively(file, () => {
    const progress = read(note);
    writeJson(file, { ...progress, labs: change(progress) });
  });
}

function read(note: Note): Progress {
  const file = progressFile();
  const progress = readJson(file, isProgress);
  if (progress !== 'damaged') return progress ?? { version: 1, labs: {} };
  note(
    `${shown(file)} was damaged and is now ${shown(setAside(file))}; hints and scores start afresh`,
  );
  return { version: 1, labs: {} };
}

function isProgress(value: unknown): value is Progress {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  if (value.version !== 1 || !('labs' in value)) return false;
  const { labs } = value;
  return typeof labs === 'object' && labs !== null && Object.values(labs).every(isLabProgress);
}

const isLabProgress = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'hints' in value &&
  typeof value.hints === 'object';
