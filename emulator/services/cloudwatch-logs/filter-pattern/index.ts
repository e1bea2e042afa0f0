import { compileFields } from './fields';
import { compileJson } from './json';
import { type Pattern, PatternError } from './pattern';
import { compileTerms } from './terms';

export { type Pattern, PatternError } from './pattern';

const longest = 1024;
const mostRegexes = 2;

/**
 * Compiles a filter pattern of any of the three kinds; throws PatternError.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compilePattern(text: string): Pattern {
  if (text.length > longest) throw new PatternError();
  const pattern = compilerOf(text.trim())(text);
  if (pattern.kind !== 'terms' && pattern.regexes > mostRegexes) throw new PatternError();
  return pattern;
}

function compilerOf(text: string): (text: string) => Pattern {
  if (text.startsWith('{')) return compileJson;
  return text.startsWith('[') ? compileFields : compileTerms;
}
