import { condition } from './condition';

type Step = (nodes: unknown[]) => unknown[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const children = (node: unknown): unknown[] =>
  Array.isArray(node) ? node : isObject(node) ? Object.values(node) : [];

const member =
  (name: string): Step =>
  (nodes) =>
    nodes.flatMap((node) => (isObject(node) && name in node ? [node[name]] : []));

const item =
  (index: number): Step =>
  (nodes) =>
    nodes.flatMap((node) => (Array.isArray(node) ? node.slice(index).slice(0, 1) : []));

const every: Step = (nodes) => nodes.flatMap(children);

const descendants: Step = (nodes) =>
  nodes.flatMap((node) => [node, ...descendants(children(node))]);

function filter(expression: string): Step {
  const test = condition(expression, compile);
  return (nodes) => nodes.flatMap(children).filter(test);
}

const tokens: [RegExp, (match: string) => Step][] = [
  [/^\.\.(?=[\w*[])/, () => descendants],
  [/^\.?\*/, () => every],
  [/^\[(?:\*|:)\]/, () => every],
  [/^\.?([\w-]+)/, member],
  [/^\[(-?\d+)\]/, (index) => item(Number(index))],
  [/^\[['"]([^'"]*)['"]\]/, member],
  [/^\[\?\((.*?)\)\]/, filter],
];

function compile(path: string): Step {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const hit = tokens
      .map(([pattern, make]) => ({ match: pattern.exec(rest), make }))
      .find(({ match }) => match);
    if (!hit?.match) throw new SyntaxError(`JSONPath not understood at: ${rest}`);
    steps.push(hit.make(hit.match[1] ?? ''));
    rest = rest.slice(hit.match[0].length);
  }
  return (nodes) => steps.reduce((found, step) => step(found), nodes);
}

const isIndefinite = /\.\.|\*|\[\?|\[:\]/;

/**
 * What a JSONPath selects: one value, or a list when the path may match several.
 * Members, indexes, wildcards, `..` and `[?(@.member == 'x' && …)]` are understood.
 */
export function select(document: unknown, selector: string): unknown {
  const found = compile(selector.replace(/^\$/, ''))([document]);
  return isIndefinite.test(selector) ? found : found[0];
}
