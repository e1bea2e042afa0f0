import { exclusively } from './exclusively';
import { readJson, setAside, writeJson } from './files';
import { labFile } from './home';
import { isAlive } from './process';

/** A drill that acts, or that a killed process left, as the file keeps it. */
export interface JournalEntry {
  key: string;
  pid: number;
  /** Wall time, ISO 8601. */
  since: string;
  /** What the checker noted, JSON. */
  note: unknown;
}

const journalFile = (): string => labFile('drills.json');

/** No drill takes this long: a process with this number is another one by now. */
const longest = 3 * 3600 * 1000;

/** Writes a drill down, before its first call and whenever it remembers more. */
export function writeEntry(key: string, note: unknown): void {
  const entry = { key, pid: process.pid, since: new Date().toISOString(), note };
  change((entries) => [...entries.filter((each) => each.key !== key), entry]);
}

export const removeEntry = (key: string): void =>
  change((entries) => entries.filter((each) => each.key !== key));

/** Drills by the start of their keys, and whether the process that acts is still there. */
export const entriesOf = (prefix: string): (JournalEntry & { isActing: boolean })[] =>
  read()
    .filter(({ key }) => key.startsWith(prefix))
    .map((entry) => ({ ...entry, isActing: isActing(entry) }));

const isActing = ({ pid, since }: JournalEntry): boolean =>
  pid !== process.pid && isAlive(pid) && Date.now() - Date.parse(since) < longest;

function change(edit: (entries: JournalEntry[]) => JournalEntry[]): void {
  const file = journalFile();
  exclusively(file, () => writeJson(file, { version: 1, drills: edit(read()) }));
}

function read(): JournalEntry[] {
  const journal = readJson(journalFile(), isJournal);
  if (journal !== 'damaged') return journal?.drills ?? [];
  setAside(journalFile());
  return [];
}

function isJournal(value: unknown): value is { version: 1; drills: JournalEntry[] } {
  if (typeof value !== 'object' || value === null || !('drills' in value)) return false;
  return 'version' in value && value.version === 1 && Array.isArray(value.drills);
}
