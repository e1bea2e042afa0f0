import { PatternError } from './pattern';
import { compileRegex } from './regex';
import type { Scanner, Token } from './scanner';
import { table } from '../../../table';

/** Whether a value of an event, as text, is what a condition wants. */
export type Comparison = (value: string) => boolean;

const ordering: Record<string, (one: number, other: number) => boolean> = table({
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
});

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads an operator and what it compares with. */
export function readComparison(scanner: Scanner): Comparison {
  const { text: operator } = scanner.next();
  const operand = scanner.next();
  const order = ordering[operator];
  if (order) return inOrder(order, operand);
  const equals = equality(operand);
  if (operator === '=') return equals;
  if (operator === '!=' || operator === '=!') return (value) => !equals(value);
  throw new PatternError();
}

function inOrder(
  order: (one: number, other: number) => boolean,
  { kind, text }: Token,
): Comparison {
  if (kind !== 'text' || !number.test(text)) throw new PatternError();
  return (value) => number.test(value) && order(Number(value), Number(text));
}

function equality({ kind, text }: Token): Comparison {
  switch (kind) {
    case 'regex': {
      const expression = compileRegex(text.slice(1, -1));
      return (value) => expression.test(value);
    }
    case 'quoted':
      return wildcard(unquote(text));
    case 'text':
      return number.test(text) ? numeric(text) : wildcard(text);
    default:
      throw new PatternError();
  }
}

const numeric =
  (text: string): Comparison =>
  (value) =>
    value === text || (number.test(value) && Number(value) === Number(text));

/** An asterisk stands for any text at either end only: `Ev*ent` is just that. */
function wildcard(text: string): Comparison {
  if (/^\*+$/.test(text)) return () => true;
  const [isOpenStart, isOpenEnd] = [text.startsWith('*'), text.endsWith('*')];
  const inner = text.slice(isOpenStart ? 1 : 0, isOpenEnd ? -1 : undefined);
  if (isOpenStart && isOpenEnd) return (value) => value.includes(inner);
  if (isOpenStart) return (value) => value.endsWith(inner);
  if (isOpenEnd) return (value) => value.startsWith(inner);
  return (value) => value === inner;
}

/** The text between double quotes, its escapes read. */
export const unquote = (text: string): string => text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
