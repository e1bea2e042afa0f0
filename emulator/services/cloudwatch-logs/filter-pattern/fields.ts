import { type Comparison, readComparison } from './comparison';
import { type Pattern, PatternError } from './pattern';
import { Scanner } from './scanner';

interface Field {
  /** Empty when the pattern gives none. */
  name: string;
  isWanted: Comparison;
}

/** `[ip, …, status = 4*]`: names and conditions for the fields of a line, as many as the line has. */
export function compileFields(pattern: string): Pattern {
  const scanner = new Scanner(pattern);
  scanner.expect('[');
  const fields = fieldsOf(scanner);
  scanner.expectEnd();
  const align = (message: string) => aligned(splitFields(message), fields);
  return {
    kind: 'fields',
    regexes: scanner.regexes,
    match: (message) => align(message),
    valueOf: (message, selector) => align(message)?.[selector],
  };
}

interface Fields {
  before: Field[];
  /** Those behind the ellipsis; without one the line has as many fields as the pattern. */
  after: Field[] | undefined;
}

function fieldsOf(scanner: Scanner): Fields {
  const fields: Fields = { before: [], after: undefined };
  if (scanner.take(']')) return { before: [], after: [] };
  do {
    if (scanner.take('...')) {
      if (fields.after) throw new PatternError();
      fields.after = [];
    } else (fields.after ?? fields.before).push(readField(scanner));
  } while (scanner.take(','));
  scanner.expect(']');
  return fields;
}

function readField(scanner: Scanner): Field {
  const token = scanner.peek();
  if (token?.kind !== 'text') return { name: '', isWanted: () => true };
  const { text: name } = scanner.next();
  if (!/^\w+$/.test(name)) throw new PatternError();
  if (isEndOfField(scanner)) return { name, isWanted: () => true };
  const first = conjunction(readComparison(scanner), name, scanner);
  return { name, isWanted: disjunction(first, name, scanner) };
}

function isEndOfField(scanner: Scanner): boolean {
  const token = scanner.peek();
  return token?.kind === 'operator' && (token.text === ',' || token.text === ']');
}

function disjunction(first: Comparison, name: string, scanner: Scanner): Comparison {
  const all = [first];
  while (scanner.take('||')) {
    scanner.expect(name);
    all.push(conjunction(readComparison(scanner), name, scanner));
  }
  return (value) => all.some((each) => each(value));
}

function conjunction(first: Comparison, name: string, scanner: Scanner): Comparison {
  const all = [first];
  while (scanner.take('&&')) {
    scanner.expect(name);
    all.push(readComparison(scanner));
  }
  return (value) => all.every((each) => each(value));
}

/** What stands between brackets or double quotes is one field. */
const splitFields = (message: string): string[] =>
  [...message.matchAll(/"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? '',
  );

function aligned(values: string[], fields: Fields): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  if (!fits(values.length, fields)) return undefined;
  for (const [index, value] of values.entries()) {
    const field = fieldAt(index, values.length, fields);
    if (field?.isWanted(value) === false) return undefined;
    found[`$${field?.name || index + 1}`] = value;
  }
  return found;
}

const fits = (count: number, { before, after }: Fields): boolean =>
  after ? count >= before.length + after.length : count === before.length;

/** What falls to the ellipsis has no field. */
const fieldAt = (index: number, count: number, { before, after = [] }: Fields): Field | undefined =>
  before[index] ?? after[index - (count - after.length)];
