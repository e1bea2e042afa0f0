import type { TimeSeries } from '../queries/time-series';
import { callFunction, words } from './functions';
import { applyOperator } from './operators';
import type { Node } from './parse';
import { MathError } from './tokens';
import { isList, isSeries, mapValue, type Scope, type Value } from './value';

/** Works an expression out; `lookUp` answers what a name stands for, or nothing. */
export function evaluateMath(
  node: Node,
  lookUp: (name: string) => Value | undefined,
  scope: Scope,
): Value {
  const evaluate = (inner: Node): Value => evaluateMath(inner, lookUp, scope);
  switch (node.kind) {
    case 'number':
    case 'text':
      return literal(node.value);
    case 'name':
      return named(node.name, lookUp);
    case 'list':
      return node.items.map(evaluate).flatMap(listed);
    case 'negate':
      return mapValue(evaluate(node.operand), (number) => -number);
    case 'binary':
      return applyOperator(node.operator, evaluate(node.left), evaluate(node.right));
    case 'call':
      return called(node, evaluate, scope);
  }
}

const literal = (value: number | string): Value =>
  typeof value === 'number' ? value : { text: value };

const called = (
  { name, parameters }: Node & { kind: 'call' },
  evaluate: (node: Node) => Value,
  scope: Scope,
): Value =>
  name === 'ANOMALY_DETECTION_BAND'
    ? band(parameters, evaluate, scope)
    : callFunction(name, parameters.map(evaluate), scope);

/** The band looks further back than the request, so it is worked out from the expression itself. */
function band(
  [expression, width]: Node[],
  evaluate: (node: Node) => Value,
  scope: Scope,
): TimeSeries[] {
  const deviations = width ? evaluate(width) : 2;
  if (!expression || typeof deviations !== 'number')
    throw new MathError('ANOMALY_DETECTION_BAND takes a time series and a number');
  return scope.band(expression, deviations);
}

function named(name: string, lookUp: (name: string) => Value | undefined): Value {
  const value = lookUp(name);
  if (value !== undefined) return value;
  if (words.has(name.toUpperCase())) return { text: name.toUpperCase() };
  throw new MathError(`Undefined id '${name}'`);
}

function listed(value: Value) {
  if (isList(value)) return value;
  if (isSeries(value)) return [value];
  throw new MathError('An array holds time series');
}
