import { parseObject } from '../../../json';
import { type Comparison, readComparison } from './comparison';
import { type Pattern, PatternError } from './pattern';
import { Scanner } from './scanner';
import { table } from '../../../table';

type Test = (document: unknown) => boolean;

/** `{ … }`: conditions on the members of a JSON object, joined by `&&` before `||`. */
export function compileJson(pattern: string): Pattern {
  const scanner = new Scanner(pattern);
  const selectors = new Set<string>();
  scanner.expect('{');
  const test = disjunction(scanner, selectors);
  scanner.expect('}');
  scanner.expectEnd();
  return {
    kind: 'json',
    regexes: scanner.regexes,
    match(message) {
      const document = parseObject(message);
      return document && test(document) ? extracted(document, selectors) : undefined;
    },
    valueOf(message, selector) {
      const document = parseObject(message);
      return document && textAt(document, pathOf(selector));
    },
  };
}

function disjunction(scanner: Scanner, selectors: Set<string>): Test {
  const tests = [conjunction(scanner, selectors)];
  while (scanner.take('||')) tests.push(conjunction(scanner, selectors));
  return (document) => tests.some((test) => test(document));
}

function conjunction(scanner: Scanner, selectors: Set<string>): Test {
  const tests = [condition(scanner, selectors)];
  while (scanner.take('&&')) tests.push(condition(scanner, selectors));
  return (document) => tests.every((test) => test(document));
}

function condition(scanner: Scanner, selectors: Set<string>): Test {
  if (scanner.take('(')) {
    const test = disjunction(scanner, selectors);
    scanner.expect(')');
    return test;
  }
  const { kind, text } = scanner.next();
  if (kind !== 'selector') throw new PatternError();
  selectors.add(text);
  const path = pathOf(text);
  if (scanner.take('IS')) return isConstant(path, scanner.next().text);
  if (scanner.take('NOT')) {
    scanner.expect('EXISTS');
    return (document) => valueAt(document, path) === undefined;
  }
  return compared(path, readComparison(scanner));
}

const constants: Record<string, unknown> = table({ NULL: null, TRUE: true, FALSE: false });

function isConstant(path: string[], name: string): Test {
  const constant = constants[name];
  if (constant === undefined) throw new PatternError();
  return (document) => valueAt(document, path) === constant;
}

/** What is no text or number does not match, whatever the operator; nor does what is not there. */
const compared =
  (path: string[], comparison: Comparison): Test =>
  (document) => {
    const value = valueAt(document, path);
    return (typeof value === 'string' || typeof value === 'number') && comparison(String(value));
  };

/** `$.users[0].id` as its steps. */
const pathOf = (selector: string): string[] =>
  [...selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? index ?? '');

function valueAt(document: unknown, path: string[]): unknown {
  let value = document;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function textAt(document: unknown, path: string[]): string | undefined {
  const value = valueAt(document, path);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

const extracted = (document: unknown, selectors: Set<string>): Record<string, string> =>
  Object.fromEntries(
    [...selectors].flatMap((selector) => {
      const text = textAt(document, pathOf(selector));
      return text === undefined ? [] : [[selector, text]];
    }),
  );
