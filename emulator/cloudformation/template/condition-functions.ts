import { templateError } from '../errors';
import type { FunctionScope, TemplateFunction } from './scope';
import { isRecord } from './template';
import { table } from '../../table';

/** Fn::If and the functions of Conditions and Rules. */
export const conditionFunctions: Record<string, TemplateFunction> = table({
  'Fn::If': choose,
  'Fn::And': (argument, scope) => list(argument, 'And').every((each) => holds(each, scope)),
  'Fn::Or': (argument, scope) => list(argument, 'Or').some((each) => holds(each, scope)),
  'Fn::Not': (argument, scope) => !holds(list(argument, 'Not')[0], scope),
  'Fn::Equals': (argument, scope) => equals(argument, scope),
  'Fn::Contains': (argument, scope) => {
    const [values, value] = pair(argument, scope);
    return strings(values).includes(String(value));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [values, value] = pair(argument, scope);
    return strings(values).every((each) => each === String(value));
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [values, allowed] = pair(argument, scope);
    return strings(values).every((each) => strings(allowed).includes(each));
  },
});

/** Functions that answer true or false. */
export const conditionFunctionNames = Object.keys(conditionFunctions).filter(
  (name) => name !== 'Fn::If',
);

/** Whether a condition holds: a function, `{ Condition: name }` or a plain true. */
export function holds(node: unknown, scope: FunctionScope): boolean {
  if (isRecord(node) && typeof node['Condition'] === 'string') {
    return scope.condition(node['Condition']);
  }
  const value = scope.evaluate(node);
  return value === true || value === 'true';
}

function choose(argument: unknown, scope: FunctionScope): unknown {
  const [name, yes, no] = branches(argument);
  return scope.evaluate(scope.condition(name) ? yes : no);
}

/** Name and both branches of a Fn::If. */
export function branches(argument: unknown): [name: string, yes: unknown, no: unknown] {
  if (Array.isArray(argument) && argument.length === 3 && typeof argument[0] === 'string') {
    return [argument[0], argument[1], argument[2]];
  }
  throw templateError('Fn::If requires a list argument with three elements');
}

function list(argument: unknown, name: string): unknown[] {
  const [least, most] = name === 'Not' ? [1, 1] : [2, 10];
  if (Array.isArray(argument) && argument.length >= least && argument.length <= most) {
    return argument;
  }
  throw templateError(
    name === 'Not'
      ? 'every Fn::Not object requires one boolean parameter.'
      : `every Fn::${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  );
}

function equals(argument: unknown, scope: FunctionScope): boolean {
  if (!Array.isArray(argument) || argument.length !== 2) {
    throw templateError('every Fn::Equals object requires a list of 2 string parameters.');
  }
  const [left, right] = argument.map((each) => JSON.stringify(plain(scope.evaluate(each))));
  return left === right;
}

function pair(argument: unknown, scope: FunctionScope): unknown[] {
  return Array.isArray(argument) ? argument.map((each) => scope.evaluate(each)) : [];
}

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? value : String(value);

const strings = (values: unknown): string[] =>
  Array.isArray(values) ? values.flat().map(String) : [String(values)];
