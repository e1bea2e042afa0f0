import { PatternError } from './pattern';

export interface Token {
  kind: 'selector' | 'operator' | 'text' | 'quoted' | 'regex';
  text: string;
}

const kinds: [Token['kind'], RegExp][] = [
  ['selector', /\$(?:\.[\w-]+|\[\d+\])+/y],
  ['operator', /&&|\|\||[<>!]=|=!|[=<>(),[\]{}]/y],
  ['quoted', /"(?:[^"\\]|\\.)*"/y],
  ['regex', /%(?:[^%\\]|\\.)+%/y],
  ['text', /[\w.*+:/@-]+/y],
];

/** The tokens of a JSON or space-delimited pattern. */
export class Scanner {
  private readonly tokens: Token[];
  private position = 0;
  /** How many of the tokens are regular expressions. */
  readonly regexes: number;

  constructor(pattern: string) {
    this.tokens = [...tokensOf(pattern)];
    this.regexes = this.tokens.filter(({ kind }) => kind === 'regex').length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  next(): Token {
    const token = this.tokens[this.position];
    if (!token) throw new PatternError();
    this.position += 1;
    return token;
  }

  /** Takes the next token when it is this operator or word. */
  take(text: string): boolean {
    const token = this.peek();
    if (token?.text !== text || (token.kind !== 'operator' && token.kind !== 'text')) return false;
    this.position += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw new PatternError();
  }

  expectEnd(): void {
    if (this.peek()) throw new PatternError();
  }
}

function* tokensOf(pattern: string): Generator<Token> {
  let position = 0;
  while (position < pattern.length) {
    if (/\s/.test(pattern[position] ?? '')) {
      position += 1;
      continue;
    }
    const token = tokenAt(pattern, position);
    yield token;
    position += token.text.length;
  }
}

function tokenAt(pattern: string, position: number): Token {
  for (const [kind, expression] of kinds) {
    expression.lastIndex = position;
    const [text] = expression.exec(pattern) ?? [];
    if (text !== undefined) return { kind, text };
  }
  throw new PatternError();
}
