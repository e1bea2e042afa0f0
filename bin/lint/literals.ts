import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { parseSync } from '@swc/core';
import { packageOf } from '../../checker/clients';
import { targetNames } from '../../lib/targets/target';
import type { Linted, Rule } from './problem';
import { isOfAws, wordsOfAws } from './vocabulary';

/**
 * A check asserts no name that a learner could not know: each literal in its code, messages aside,
 * stands in a task, in the lab's stacks (outputs), in AWS's own vocabulary, or in `free` with a reason.
 */
export const literals: Rule = (linted) => {
  const sources = checkSources(linted.folder);
  const known = knownTo(linted);
  const found = new Set(sources.flatMap(({ text }) => literalsIn(text)));
  return [
    ...[...found]
      .filter((literal) => !known(literal))
      .map(
        (text) =>
          `checks: "${text}" stands in no task; name it there, or in lab.free with a reason`,
      ),
    ...Object.keys(linted.lab.free ?? {})
      .filter((literal) => !found.has(literal))
      .map((literal) => `lab.ts: free "${literal}" is asserted by no check`),
  ];
};

interface Source {
  path: string;
  text: string;
}

function checkSources(folder: string): Source[] {
  const inside = join(folder, 'checks');
  const files = existsSync(inside) ? readdirSync(inside, { recursive: true }).map(String) : [];
  return [join(folder, 'checks.ts'), ...files.map((file) => join(inside, file))]
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function knownTo({ lab, folder, checks }: Linted) {
  const goals = lab.tasks.map(({ goal }) => goal).join('\n');
  const stacks = ['stack.ts', 'starter/stack.ts'].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );
  const calls = Object.values(checks).flatMap((check) => [
    ...check.reads,
    ...(check.kind === 'drill' ? check.writes : []),
  ]);
  const packages = calls.flatMap((call) => packageOf(call.split(':')[0] ?? '') ?? []);
  const words = wordsOfAws([...new Set(packages)]);
  for (const name of targetNames) words.add(name);
  const isOutput = (text: string) =>
    /^[A-Z]\w+$/.test(text) && stacks.join('\n').includes(`'${text}'`);
  return (text: string) =>
    isWords(text) ||
    words.has(text) ||
    isOfAws(text) ||
    goals.includes(text) ||
    isOutput(text) ||
    checks[text] !== undefined ||
    text in (lab.free ?? {});
}

/** A sentence for people, or no letter at all; the names of resources have no spaces. */
const isWords = (text: string) => / /.test(text.trim()) || !/[\p{L}\d]/u.test(text);

// Members of checks and outcomes that are words for people or for the engine.
const told = new Set(
  'title objective task kind needs reads writes hints announce seen wanted where call path resource within every stableFor why eta'.split(
    ' ',
  ),
);

// What is said, remembered or looked up by name, but not compared with the account.
const saying = /^(pass|pending|notGradable|Error|output|memory\.(get|set|has|delete))$/;

type Node = { type?: string } & Record<string, unknown>;

/** String literals of a file's code: no imports, no types, no messages. Templates are messages. */
function literalsIn(text: string): string[] {
  const { parseSync: parse } = require('@swc/core') as { parseSync: typeof parseSync };
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Node;
    if (node.type === 'StringLiteral') found.push(String(node['value']));
    else if (!isSilent(node)) Object.values(node).forEach(visit);
  };
  visit(parse(text, { syntax: 'typescript' }).body);
  return found;
}

function isSilent(node: Node): boolean {
  const { type = '' } = node;
  if (
    /^(Ts|Import|Export(All|Named)|TemplateLiteral)/.test(type) &&
    !/^Ts(As|Satisfies|NonNull)/.test(type)
  )
    return true;
  if (type === 'KeyValueProperty') return told.has(nameOf(node['key']));
  return /^(Call|New)Expression$/.test(type) && saying.test(nameOf(node['callee']));
}

function nameOf(value: unknown): string {
  const node = value as Node;
  const { value: name = '' } = node;
  if (node.type !== 'MemberExpression') return typeof name === 'string' ? name : '';
  const owner = node['object'] as Node;
  const holder = owner.type === 'MemberExpression' ? owner['property'] : owner;
  return `${nameOf(holder)}.${nameOf(node['property'])}`;
}
