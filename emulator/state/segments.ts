import { join } from 'node:path';
import { decodeState, encodeState } from './codec';
import { readIfThere, setAside } from './files';
import type { LogEntry } from './log';

/** A write-once file with entries of one log, one a line. */
export interface Segment {
  file: string;
  count: number;
}

/** A larger file is not rewritten to join it with the next. */
const largest = 20_000;

export const linesOf = (entries: LogEntry[]): string =>
  entries.map((entry) => `${encodeState(entry)}\n`).join('');

/** Reads a log's files, oldest first; one that is damaged is set aside and the others count. */
export function readSegments(
  folder: string,
  segments: Segment[],
  report: (message: string) => void,
): LogEntry[] {
  return segments.flatMap(({ file }) => {
    const path = join(folder, file);
    const text = readIfThere(path);
    try {
      if (text === undefined) throw new Error('the file is gone');
      return text.split('\n').flatMap((line) => (line ? [decodeState(line) as LogEntry] : []));
    } catch (error) {
      const kept = text === undefined ? '' : `; kept at ${setAside(path)}`;
      report(`state: ${file} is damaged and its entries are gone${kept} (${String(error)})`);
      return [];
    }
  });
}

/**
 * Which of the files at the end to write again together with what is new: as many as are no larger
 * than what comes after them, so that the number of files grows with the logarithm of the entries.
 */
export function toJoin(segments: Segment[], added: number): Segment[] {
  let count = added;
  let start = segments.length;
  for (let next = segments[start - 1]; next && next.count <= count; next = segments[start - 1]) {
    if (count + next.count > largest) break;
    count += next.count;
    start -= 1;
  }
  return segments.slice(start);
}

/** Leaves out the oldest files that a log with a cap can do without. */
export function withinCap(segments: Segment[], cap: number): Segment[] {
  let left = segments.reduce((sum, { count }) => sum + count, 0);
  return segments.filter(({ count }) => {
    const isSurplus = left - count >= cap;
    if (isSurplus) left -= count;
    return !isSurplus;
  });
}

/** The text of files that are joined; what is damaged among them adds nothing. */
export const textsOf = (folder: string, segments: Segment[]): string =>
  segments.map(({ file }) => readIfThere(join(folder, file)) ?? '').join('');
