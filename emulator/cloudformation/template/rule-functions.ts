import { templateError } from '../errors';
import type { FunctionScope, TemplateFunction } from './scope';
import { text } from './text';
import { table } from '../../table';

/** The functions of Rules that look at what parameters of AWS-specific types name. */
export const ruleFunctions: Record<string, TemplateFunction> = table({
  'Fn::RefAll': (type, scope) =>
    scope.parametersOf(text(type)).flatMap((key) => scope.factsOf(key).map(({ value }) => value)),
  'Fn::ValueOf': (argument, scope) => {
    const [key, attribute] = pair('Fn::ValueOf', argument);
    const values = valuesOf(key, attribute, scope);
    return Array.isArray(scope.parameter(key)) ? values : values[0];
  },
  'Fn::ValueOfAll': (argument, scope) => {
    const [type, attribute] = pair('Fn::ValueOfAll', argument);
    return scope.parametersOf(type).flatMap((key) => valuesOf(key, attribute, scope));
  },
});

// Both texts were not verified against AWS.
function pair(name: string, argument: unknown): [string, string] {
  const [first, second]: unknown[] = Array.isArray(argument) ? argument : [];
  if (typeof first === 'string' && typeof second === 'string') return [first, second];
  throw templateError(`every ${name} object requires a list of 2 string parameters.`);
}

function valuesOf(key: string, attribute: string, scope: FunctionScope): string[] {
  return scope.factsOf(key).map(({ value, attributes }) => {
    const found = attributes[attribute];
    if (found !== undefined) return found;
    throw templateError(`${value} of parameter ${key} has no attribute ${attribute}`);
  });
}
