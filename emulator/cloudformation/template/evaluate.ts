import { validationError } from '../errors';
import { conditionFunctions } from './condition-functions';
import { functions } from './functions';
import { ruleFunctions } from './rule-functions';
import type { Scope } from './scope';
import { noValue } from './scope';
import { intrinsicOf, isRecord } from './template';

/** What a piece of a template comes to; `Unknown` stands where a resource is not there yet. */
export function evaluate(node: unknown, scope: Scope): unknown {
  if (Array.isArray(node)) {
    return node.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  }
  if (!isRecord(node)) return node;
  const intrinsic = intrinsicOf(node);
  if (intrinsic) return call(intrinsic, scope);
  return Object.fromEntries(
    Object.entries(node)
      .map(([key, value]) => [key, evaluate(value, scope)] as const)
      .filter(([, value]) => value !== noValue),
  );
}

function call([name, argument]: [string, unknown], scope: Scope): unknown {
  const run = functions[name] ?? conditionFunctions[name] ?? ruleFunctions[name];
  if (!run) throw validationError(`The intrinsic function ${name} is not emulated`);
  return run(argument, { ...scope, evaluate: (node) => evaluate(node, scope) });
}
