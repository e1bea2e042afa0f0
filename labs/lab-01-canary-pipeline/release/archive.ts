import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { AnswerFiles } from '../../../checker/lab';

/** Always the same bytes for the same files; readable for everybody, as Lambda wants them. */
export function zipped(files: AnswerFiles): Uint8Array {
  const sorted = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const entries: Zippable = Object.fromEntries(
    sorted.map(([path, bytes]) => [path, [bytes, { os: 3, attrs: 0o100644 << 16, mtime }]]),
  );
  return zipSync(entries);
}

export const unzipped = (zip: Uint8Array): AnswerFiles =>
  Object.fromEntries(Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/')));

/** The files with one of them changed as text. */
export function edited(
  files: AnswerFiles,
  path: string,
  change: (text: string) => string,
): AnswerFiles {
  const bytes = files[path];
  if (bytes === undefined) throw new Error(`the release has no ${path}`);
  return { ...files, [path]: Buffer.from(change(Buffer.from(bytes).toString())) };
}

// --- internal ---

const mtime = new Date('2026-01-01T12:00:00Z');
