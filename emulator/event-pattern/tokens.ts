import { PatternError } from './pattern-error';

/** Kinds of JSON tokens; `name` is the key of a member. */
export type TokenKind =
  '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end';

/** One token with the place that AWS's parser reports while it stands on it. */
export interface Token {
  kind: TokenKind;
  /** The text of a name or string, unescaped; else as written. */
  text: string;
  /** Offset that errors name: behind the token, or behind a string's opening quote. */
  at: number;
  /** Offset behind the token, which errors name once the text has been asked for. */
  end: number;
}

/**
 * Reads JSON token by token. AWS compiles patterns from such a stream and quotes its position in
 * error texts, so the order of reading decides which of two mistakes is reported, and where.
 */
export class Tokens {
  readonly #source: string;
  readonly #open: { kind: '{' | '['; members: number }[] = [];
  #offset = 0;
  #location = 0;
  #pending: Token | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  next(): Token {
    const token = this.#pending ?? this.#readNext();
    if (token === this.#pending) this.#pending = undefined;
    this.#location = token.at;
    return token;
  }

  /** The token's text; from now on errors name the place behind it. */
  textOf(token: Token): string {
    this.#location = token.end;
    return token.text;
  }

  fail(reason: string): never {
    throw new PatternError(reason, { source: this.#source, offset: this.#location });
  }

  #readNext(): Token {
    this.#skipSpace();
    const parent = this.#open.at(-1);
    if (!parent) return this.#peek() === undefined ? this.#token('end', '') : this.#readValue();
    if (this.#peek() === closing[parent.kind]) return this.#close(parent.kind);
    if (parent.members > 0) this.#skipComma(parent.kind);
    parent.members += 1;
    return parent.kind === '{' ? this.#readName() : this.#readValue();
  }

  #readValue(): Token {
    this.#skipSpace();
    const character = this.#peek();
    if (character === '"') return this.#readString();
    if (character !== '{' && character !== '[') return this.#readWord();
    this.#open.push({ kind: character, members: 0 });
    this.#offset += 1;
    return this.#token(character, character);
  }

  /** The key of a member; AWS's parser already looks at the value behind it. */
  #readName(): Token {
    if (this.#peek() !== '"') this.#unexpected('was expecting double-quote to start field name');
    const name = this.#readString();
    this.#skipSpace();
    if (this.#peek() !== ':')
      this.#unexpected('was expecting a colon to separate field name and value');
    this.#offset += 1;
    this.#pending = this.#readValue();
    return { ...name, kind: 'name', at: this.#pending.at };
  }

  #readString(): Token {
    const start = this.#offset;
    const quoted = this.#take(/"(?:[^"\\]|\\[\s\S])*"/y);
    if (quoted === undefined) {
      this.#offset = this.#source.length;
      return this.#failSyntax('Unexpected end-of-input: was expecting closing quote');
    }
    return { kind: 'string', text: this.#unescape(quoted), at: start + 1, end: this.#offset };
  }

  #unescape(quoted: string): string {
    try {
      return JSON.parse(quoted) as string;
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      return this.#failSyntax('Illegal character in string value');
    }
  }

  #readWord(): Token {
    const number = this.#take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return this.#token('number', number);
    const word = this.#take(/[\w$]+/y);
    if (word === undefined) return this.#unexpected(`expected a valid value ${anyValue}`);
    if (word === 'true' || word === 'false' || word === 'null') return this.#token(word, word);
    return this.#failSyntax(`Unrecognized token '${word}': was expecting ${anyValue}`);
  }

  #close(kind: '{' | '['): Token {
    this.#open.pop();
    this.#offset += 1;
    return this.#token(closing[kind], closing[kind]);
  }

  #skipComma(kind: '{' | '['): void {
    if (this.#peek() !== ',')
      this.#unexpected(`was expecting comma to separate ${titles[kind]} entries`);
    this.#offset += 1;
    this.#skipSpace();
  }

  #skipSpace(): void {
    this.#take(/\s*/y);
  }

  #take(expression: RegExp): string | undefined {
    expression.lastIndex = this.#offset;
    const text = expression.exec(this.#source)?.[0];
    this.#offset += text?.length ?? 0;
    return text;
  }

  #peek(): string | undefined {
    return this.#source[this.#offset];
  }

  #token(kind: TokenKind, text: string): Token {
    return { kind, text, at: this.#offset, end: this.#offset };
  }

  #unexpected(expected: string): never {
    const character = this.#peek();
    if (character === undefined)
      this.#failSyntax(
        `Unexpected end-of-input: expected close marker for ${titles[this.#open.at(-1)?.kind ?? '{']}`,
      );
    const code = character.charCodeAt(0);
    return this.#failSyntax(`Unexpected character ('${character}' (code ${code})): ${expected}`);
  }

  #failSyntax(reason: string): never {
    throw new PatternError(reason, { source: this.#source, offset: this.#offset, syntax: true });
  }
}

const closing = { '{': '}', '[': ']' } as const;
const titles = { '{': 'Object', '[': 'Array' };
const anyValue = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
