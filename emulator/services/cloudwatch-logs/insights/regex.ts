import { malformed } from './malformed';

/** A regular expression of a query; Java's `(?i)` makes the whole of it ignore case. */
export function compileRegex(source: string): RegExp {
  const isCaseless = source.includes('(?i)');
  try {
    return new RegExp(source.replaceAll('(?i)', ''), isCaseless ? 'i' : '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The text was not verified.
    throw malformed(`Invalid regular expression: ${source}`);
  }
}
