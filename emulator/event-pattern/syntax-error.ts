import { PatternError } from './pattern-error';
import { Tokens } from './tokens';

/** Why a text is no JSON, in the words of AWS's parser; nothing when it is. */
export function syntaxErrorOf(source: string): PatternError | undefined {
  const tokens = new Tokens(source);
  try {
    while (tokens.next().kind !== 'end');
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}
