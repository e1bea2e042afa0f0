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

const comparisons: Record<string, (left: unknown, right: unknown) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => Number(left) < Number(right),
  '>': (left, right) => Number(left) > Number(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
};

const condition = /^@((?:\.\w+|\[-?\d+\])*)\s*(?:(==|!=|<=|>=|<|>)\s*(.+))?$/;

function filter(expression: string): Step {
  const tests = expression.split('&&').map((part) => {
    const [, path = '', operator, literal = ''] = condition.exec(part.trim()) ?? [];
    const read = compile(path);
    const compare = operator === undefined ? undefined : comparisons[operator];
    const wanted = compare && literalOf(literal);
    return (node: unknown) => {
      const [found] = read([node]);
      return compare ? compare(found, wanted) : found !== undefined;
    };
  });
  return (nodes) => nodes.flatMap(children).filter((node) => tests.every((test) => test(node)));
}

const literalOf = (text: string): unknown =>
  /^'.*'$/.test(text.trim()) ? text.trim().slice(1, -1) : JSON.parse(text);

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
