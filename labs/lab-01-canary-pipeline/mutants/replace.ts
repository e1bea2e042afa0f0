import type { AnswerFiles } from '../../../checker/lab';
import { edited } from '../release/archive';

/** One piece of a file replaced; a piece that is not there would make no mutant. */
export const replace =
  (path: string, piece: string, by: string) =>
  (files: AnswerFiles): AnswerFiles =>
    edited(files, path, (text) => {
      if (!text.includes(piece)) throw new Error(`${path} does not hold ${piece}`);
      return text.replace(piece, by);
    });
