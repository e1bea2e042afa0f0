import { MathError, type Token, tokensOf } from './tokens';
import { table } from '../../../table';

/** An expression as a tree. */
export type Node =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: Node[] }
  | { kind: 'negate'; operand: Node }
  | { kind: 'binary'; operator: string; left: Node; right: Node }
  | { kind: 'call'; name: string; parameters: Node[] };

/** Operators from the loosest to the tightest. */
const levels: string[][] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

const spelled: Record<string, string> = table({ '||': 'OR', '&&': 'AND' });

/** Reads metric math; throws MathError for a text that is none. */
export function parseMath(expression: string): Node {
  const reader = new Reader(tokensOf(expression));
  const node = binary(reader, 0);
  reader.expectEnd();
  return node;
}

class Reader {
  private readonly tokens: Token[];
  private position = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  peek(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '' };
  }

  take(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  takeIf(...texts: string[]): string | undefined {
    const { kind, text } = this.peek();
    if (kind === 'text' || kind === 'number' || !texts.includes(text)) return undefined;
    this.position += 1;
    return text;
  }

  expect(text: string): void {
    if (this.takeIf(text) === undefined) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  unexpected(): MathError {
    const { kind, text } = this.peek();
    return new MathError(
      kind === 'end' ? 'Unexpected end of the expression' : `Unexpected '${text}'`,
    );
  }
}

function binary(reader: Reader, level: number): Node {
  const operators = levels[level];
  if (!operators) return power(reader);
  let left = binary(reader, level + 1);
  for (;;) {
    const operator = reader.takeIf(...operators);
    if (operator === undefined) return left;
    const right = binary(reader, level + 1);
    left = { kind: 'binary', operator: spelled[operator] ?? operator, left, right };
  }
}

/** `-2^2` is `-(2^2)`, and powers hang together from the right. */
function power(reader: Reader): Node {
  if (reader.takeIf('-') !== undefined) return { kind: 'negate', operand: power(reader) };
  if (reader.takeIf('+') !== undefined) return power(reader);
  const left = operand(reader);
  if (reader.takeIf('^') === undefined) return left;
  return { kind: 'binary', operator: '^', left, right: power(reader) };
}

function operand(reader: Reader): Node {
  if (reader.takeIf('(') !== undefined) {
    const inner = binary(reader, 0);
    reader.expect(')');
    return inner;
  }
  if (reader.takeIf('[') !== undefined) return { kind: 'list', items: many(reader, ']') };
  const { kind, text } = reader.peek();
  if (kind === 'symbol' || kind === 'end') throw reader.unexpected();
  reader.take();
  if (kind === 'number') return { kind, value: Number(text) };
  if (kind === 'text') return { kind, value: text };
  if (reader.takeIf('(') === undefined) return { kind, name: text };
  return { kind: 'call', name: text.toUpperCase(), parameters: many(reader, ')') };
}

function many(reader: Reader, close: string): Node[] {
  const nodes: Node[] = [];
  if (reader.takeIf(close) !== undefined) return nodes;
  do nodes.push(binary(reader, 0));
  while (reader.takeIf(',') !== undefined);
  reader.expect(close);
  return nodes;
}

/** The names that an expression uses, of queries and of words such as REPEAT. */
export function namesIn(node: Node): string[] {
  switch (node.kind) {
    case 'name':
      return [node.name];
    case 'list':
      return node.items.flatMap(namesIn);
    case 'negate':
      return namesIn(node.operand);
    case 'binary':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'call':
      return node.parameters.flatMap(namesIn);
    default:
      return [];
  }
}
