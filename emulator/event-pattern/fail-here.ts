import { PatternError } from './pattern-error';
import type { Tokens } from './tokens';

/** Gives an error that names no place the place where the reader stands. */
export function orFailHere<T>(tokens: Tokens, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof PatternError && error.position === undefined)
      return tokens.fail(error.reason);
    throw error;
  }
}
