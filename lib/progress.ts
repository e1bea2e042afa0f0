import { readJson, setAside, writeJson } from './files';
import { labFile, shown } from './home';

/** What is remembered of a learner's way through one lab. */
export interface LabProgress {
  /** Steps of the hint ladder already shown, by task. */
  hints: Record<string, number>;
  startedAt?: string;
  /** True once the reference solution was deployed by `lab solve`. */
  solved?: boolean;
  lastRun?: LastRun;
}

interface LastRun {
  time: string;
  target: string;
  points: number;
  of: number;
  passed: boolean;
  /** Letters of the tasks that did not pass. */
  open: string[];
}

interface Progress {
  version: 1;
  labs: Record<string, LabProgress>;
}

/** Says what became of a damaged file. */
type Note = (text: string) => void;

export const progressFile = (): string => labFile('progress.json');

export const progressOf = (lab: string, note: Note): LabProgress =>
  read(note).labs[lab] ?? { hints: {} };

/** Changes what is remembered of a lab; an interrupted run leaves the old file or the new one. */
export function remember(lab: string, change: Partial<LabProgress>, note: Note): void {
  const progress = read(note);
  const known = progress.labs[lab] ?? { hints: {} };
  writeJson(progressFile(), {
    ...progress,
    labs: { ...progress.labs, [lab]: { ...known, ...change } },
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
