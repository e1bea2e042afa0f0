import { templateError } from '../errors';
import { type FunctionScope, noValue } from './scope';
import { isRecord } from './template';
import { text } from './text';
import { causesIn, Unknown } from './unknown';

const variable = /\$\{([^}]*)\}/g;

/** Fn::Sub: names in `${…}` come from its own map, parameters, resources and attributes. */
export function substitute(argument: unknown, scope: FunctionScope): unknown {
  const [template, map] = partsOf(argument);
  const own = Object.fromEntries(
    Object.entries(map).map(([name, value]) => [name, scope.evaluate(value)]),
  );
  const causes = new Set<Unknown>();
  const filled = template.replace(variable, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const value = Object.hasOwn(own, name.trim()) ? own[name.trim()] : valueOf(name.trim(), scope);
    if (causesIn(value).length > 0) causes.add(new Unknown(causesIn(value)));
    return stringOf(name.trim(), value);
  });
  if (causes.size === 0) return filled;
  return new Unknown([...causes].flatMap((unknown) => unknown.causes));
}

/** What a Fn::Sub names, apart from what its own map gives. */
export function namesIn(argument: unknown): string[] {
  const [template, map] = partsOf(argument);
  const names = Array.from(template.matchAll(variable), (match) => (match[1] ?? '').trim());
  return names
    .filter((name) => !name.startsWith('!') && !Object.hasOwn(map, name))
    .map(checkVariable);
}

/** The map of a Fn::Sub, whose values may hold further functions. */
export const mapOf = (argument: unknown): Record<string, unknown> => partsOf(argument)[1];

function partsOf(argument: unknown): [string, Record<string, unknown>] {
  const [template, map = {}] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (typeof template !== 'string' || !isRecord(map)) {
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  if (Object.keys(map).some((key) => !/^\w+$/.test(key))) {
    throw templateError(
      'every key of the context object of every Fn::Sub object must contain only alphanumeric characters and underscores',
    );
  }
  return [template, map];
}

function checkVariable(name: string): string {
  if (/^[A-Za-z0-9_.:]+$/.test(name)) return name;
  throw templateError(
    'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  );
}

function valueOf(name: string, scope: FunctionScope): unknown {
  checkVariable(name);
  const dot = name.indexOf('.');
  return dot < 0
    ? scope.evaluate({ Ref: name })
    : scope.attribute(name.slice(0, dot), name.slice(dot + 1));
}

function stringOf(name: string, value: unknown): string {
  if (value === noValue || value instanceof Unknown) return '';
  if (typeof value !== 'object') return text(value);
  throw templateError(`variable ${name} in Fn::Sub expression does not resolve to a string`);
}
