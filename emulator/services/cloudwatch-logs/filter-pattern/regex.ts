import { PatternError } from './pattern';

/** Letters, digits, the symbols `:_#=@/;,-` and operators; what a backslash escapes may be any of them. */
const allowed =
  /^(?:\\[A-Za-z\d:_#=@/;,\-^$?[\]{}|\\*+.()%!"' ]|[A-Za-z\d:_#=@/;,\-^$?[\]{}|*+.])+$/;

/** The expression between two percent signs; AWS takes neither groups nor multi-byte characters. */
export function compileRegex(source: string): RegExp {
  if (!allowed.test(source)) throw new PatternError();
  try {
    return new RegExp(source);
  } catch (error) {
    if (error instanceof SyntaxError) throw new PatternError();
    throw error;
  }
}
