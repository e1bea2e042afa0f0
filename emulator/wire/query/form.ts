import { awsError } from '../../errors';

/** The parameters of a form as a tree: `Tags.member.1.Key` is three steps below `Tags`. */
export interface FormNode {
  value?: string;
  children?: Map<string, FormNode>;
}

// No API comes near; without a bound a form of a few megabytes becomes a tree of gigabytes.
const maximum = { parameters: 50_000, steps: 64 };

/** Parses `a.b=c&d=e` into a tree. */
export function parseForm(...texts: string[]): FormNode {
  const root: FormNode = {};
  for (const text of texts) {
    const pairs = text.split('&', maximum.parameters + 1);
    if (pairs.length > maximum.parameters) throw malformedQuery();
    for (const pair of pairs) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      const path = unescape(at < 0 ? pair : pair.slice(0, at));
      nodeAt(root, path).value = at < 0 ? '' : unescape(pair.slice(at + 1));
    }
  }
  return root;
}

/** One parameter of a form, without building the tree. */
export function parameterOf(text: string, name: string): string | undefined {
  for (const pair of text.split('&')) {
    if (pair.startsWith(name) && pair[name.length] === '=')
      return unescape(pair.slice(name.length + 1));
  }
  return undefined;
}

function nodeAt(root: FormNode, path: string): FormNode {
  let node = root;
  const steps = path.split('.', maximum.steps + 1);
  if (steps.length > maximum.steps) throw malformedQuery();
  for (const step of steps) {
    const children = (node.children ??= new Map());
    let next = children.get(step);
    if (!next) children.set(step, (next = {}));
    node = next;
  }
  return node;
}

function unescape(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw malformedQuery();
  }
}

/** Code and status as documented among the common errors; the text was not verified. */
export const malformedQuery = () =>
  awsError('MalformedQueryString', 'The query string contains a syntax error.', { status: 404 });
