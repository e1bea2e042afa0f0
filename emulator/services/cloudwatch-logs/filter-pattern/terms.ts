import { unquote } from './comparison';
import { type Pattern, PatternError } from './pattern';
import { compileRegex } from './regex';

interface Term {
  sign: '' | '?' | '-';
  isIn: (message: string) => boolean;
  isRegex: boolean;
}

const term = /([?-]?)\s*("(?:[^"\\]|\\.)*"|%(?:[^%\\]|\\.)+%|[^\s"%]+)\s*/y;

/**
 * Words, quoted phrases and regular expressions, all of which must be in the message; `-` excludes.
 * `?` means one of them is enough, and is ignored beside terms without it.
 */
export function compileTerms(pattern: string): Pattern {
  const terms = termsOf(pattern.trim());
  const [wanted, optional, excluded] = (['', '?', '-'] as const).map((sign) =>
    terms.filter((each) => each.sign === sign),
  ) as [Term[], Term[], Term[]];
  const isOptional = wanted.length + excluded.length === 0 && optional.length > 0;
  const matches = (message: string) =>
    isOptional
      ? optional.some(({ isIn }) => isIn(message))
      : wanted.every(({ isIn }) => isIn(message)) && !excluded.some(({ isIn }) => isIn(message));
  return {
    kind: 'terms',
    regexes: terms.filter(({ isRegex }) => isRegex).length,
    match: (message) => (matches(message) ? {} : undefined),
    valueOf: () => undefined,
  };
}

function termsOf(pattern: string): Term[] {
  const terms: Term[] = [];
  term.lastIndex = 0;
  while (term.lastIndex < pattern.length) {
    const found = term.exec(pattern);
    if (!found) throw new PatternError();
    const [, sign = '', text = ''] = found;
    terms.push({ sign: sign as Term['sign'], isRegex: text.startsWith('%'), isIn: finder(text) });
  }
  return terms;
}

function finder(text: string): Term['isIn'] {
  if (text.startsWith('%')) {
    const expression = compileRegex(text.slice(1, -1));
    return (message) => expression.test(message);
  }
  const phrase = text.startsWith('"') ? unquote(text) : word(text);
  return (message) => message.includes(phrase);
}

function word(text: string): string {
  if (!/^\w+$/.test(text)) throw new PatternError(`Invalid character(s) in term '${text}'`);
  return text;
}
