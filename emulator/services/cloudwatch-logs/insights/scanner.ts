import { malformed } from './malformed';

export interface Token {
  kind: 'word' | 'string' | 'number' | 'period' | 'operator' | 'end';
  text: string;
  start: number;
  end: number;
}

const kinds: [Token['kind'], RegExp][] = [
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y],
  ['period', /\d+(?:\.\d+)?[A-Za-z]+/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z])/y],
  ['word', /[@A-Za-z_][\w.@]*|`[^`]+`/y],
  ['operator', /!=|<=|>=|=~|[=<>+\-*/^%()[\],|]/y],
];

const blank = /(?:\s|#[^\n]*)*/y;
const regex = /\/((?:[^/\\\n]|\\.)+)\//y;

/**
 * The tokens of a query. Whether a slash divides or opens a regular expression, only the parser
 * knows, so it asks.
 */
export class Scanner {
  readonly query: string;
  /** Columns that `stats` made without a name of their own, `avg(latency)`. */
  readonly columns = new Set<string>();
  private position = 0;
  private ahead: Token | undefined;

  constructor(query: string) {
    this.query = query;
  }

  peek(): Token {
    this.ahead ??= this.read();
    return this.ahead;
  }

  next(): Token {
    const token = this.peek();
    this.position = token.end;
    this.ahead = undefined;
    return token;
  }

  /** Takes the next token when it is this operator or, in any case, this word. */
  take(text: string): boolean {
    const token = this.peek();
    if (token.kind !== 'operator' && token.kind !== 'word') return false;
    if (token.text.toLowerCase() !== text) return false;
    this.next();
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected();
  }

  takeRegex(): string | undefined {
    regex.lastIndex = this.skipBlank();
    const [whole = '', source] = regex.exec(this.query) ?? [];
    if (source === undefined) return undefined;
    this.position = this.skipBlank() + whole.length;
    this.ahead = undefined;
    return source;
  }

  /** A column of `stats` by the text it was made from, when a token begins one. */
  takeColumn({ start }: Token): string | undefined {
    const column = [...this.columns].find((name) => this.query.startsWith(name, start));
    if (column === undefined) return undefined;
    this.position = start + column.length;
    this.ahead = undefined;
    return column;
  }

  isRegexNext(): boolean {
    return this.query[this.skipBlank()] === '/';
  }

  /** The error about the token that comes next. */
  unexpected({ text, start, end } = this.peek()): Error {
    if (start >= this.query.length) return malformed('unexpected end of input', start);
    const before = this.query.slice(0, start);
    const line = before.split('\n').length;
    const position = start - (before.lastIndexOf('\n') + 1);
    return malformed(
      `unexpected symbol found ${text} at line ${line} and position ${position}`,
      start,
      end,
    );
  }

  /** The text from a token to before the next one, as names of unnamed columns are made. */
  textSince({ start }: Token): string {
    return this.query.slice(start, this.position).trim();
  }

  private skipBlank(): number {
    blank.lastIndex = this.position;
    blank.exec(this.query);
    return blank.lastIndex;
  }

  private read(): Token {
    const start = this.skipBlank();
    if (start >= this.query.length) return { kind: 'end', text: '', start, end: start };
    for (const [kind, expression] of kinds) {
      expression.lastIndex = start;
      const [text] = expression.exec(this.query) ?? [];
      if (text !== undefined) return { kind, text, start, end: start + text.length };
    }
    const text = this.query[start] ?? '';
    throw this.unexpected({ kind: 'operator', text, start, end: start + 1 });
  }
}

/** The text of a string token; a backslash escapes quotes and itself. */
export const unquote = ({ text }: Token): string =>
  text.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1');

/** A field's name, its backticks taken away. */
export const fieldName = ({ text }: Token): string => text.replaceAll('`', '');
