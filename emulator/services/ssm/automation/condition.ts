import { table } from '../../../table';

type Test = (node: unknown) => boolean;
/** Compiles a path such as `.Tags[0].Key` into what it finds below a node. */
type Compile = (path: string) => (nodes: unknown[]) => unknown[];

const comparisons: Record<string, (left: unknown, right: unknown) => boolean> = table({
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => Number(left) < Number(right),
  '>': (left, right) => Number(left) > Number(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
});

const comparison = /^@((?:\.\w+|\[-?\d+\])*)\s*(?:(==|!=|<=|>=|<|>)\s*(.+))?$/s;

/** What stands between `[?(` and `)]`: comparisons joined by `&&`, `||`, `!` and parentheses. */
export function condition(expression: string, compile: Compile): Test {
  const text = expression.trim();
  const either = splitAt(text, '||');
  if (either.length > 1) return anyOf(either.map((part) => condition(part, compile)));
  const both = splitAt(text, '&&');
  if (both.length > 1) return allOf(both.map((part) => condition(part, compile)));
  if (text.startsWith('!')) return not(condition(text.slice(1), compile));
  if (/^\(.*\)$/s.test(text)) return condition(text.slice(1, -1), compile);
  return compared(text, compile);
}

const anyOf =
  (tests: Test[]): Test =>
  (node) =>
    tests.some((test) => test(node));

const allOf =
  (tests: Test[]): Test =>
  (node) =>
    tests.every((test) => test(node));

const not =
  (test: Test): Test =>
  (node) =>
    !test(node);

function compared(text: string, compile: Compile): Test {
  const [match, path = '', operator, literal = ''] = comparison.exec(text) ?? [];
  if (match === undefined) throw new SyntaxError(`JSONPath not understood at: ${text}`);
  const read = compile(path);
  const compare = operator === undefined ? undefined : comparisons[operator];
  const wanted = compare && literalOf(literal);
  return (node) => {
    const [found] = read([node]);
    return compare ? compare(found, wanted) : found !== undefined;
  };
}

const literalOf = (text: string): unknown =>
  /^'.*'$/s.test(text.trim()) ? text.trim().slice(1, -1) : JSON.parse(text);

// Quoted texts and groups in parentheses are taken as they are.
const pieces = /'[^']*'|"[^"]*"|&&|\|\||[()]|[^'"&|()]+|./gs;

/** Splits at an operator that stands outside of quotes and parentheses. */
function splitAt(text: string, operator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of text.matchAll(pieces)) {
    depth += Number(piece === '(') - Number(piece === ')');
    if (piece === operator && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
