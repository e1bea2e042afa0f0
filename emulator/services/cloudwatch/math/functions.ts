import { aggregations } from './aggregations';
import { lists } from './lists';
import { MathError } from './tokens';
import { overTime } from './over-time';
import type { Scope, Value } from './value';
import { table } from '../../../table';

/** A function of metric math; how many parameters it takes stands in `from` and `to`. */
export interface MathFunction {
  from: number;
  to: number;
  apply: (parameters: Value[], scope: Scope) => Value;
}

const functions: Record<string, MathFunction> = table({ ...aggregations, ...overTime, ...lists });

/** What AWS knows and this emulator does not. */
const refused = new Set([
  'SEARCH',
  'INSIGHT_RULE_METRIC',
  'DB_PERF_INSIGHTS',
  'SERVICE_QUOTA',
  'LAMBDA',
  'SELECT',
]);

/** Words that stand for themselves as parameters. */
export const words = new Set(['REPEAT', 'LINEAR', 'ASC', 'DESC', 'AVG', 'MAX', 'MIN', 'SUM']);

/** Calls a function by its name in capitals. */
export function callFunction(name: string, parameters: Value[], scope: Scope): Value {
  const called = functions[name];
  if (refused.has(name)) throw new MathError(`The function ${name} is not emulated`);
  if (!called) throw new MathError(`Unknown function ${name}`);
  const { from, to } = called;
  if (parameters.length < from || parameters.length > to)
    throw new MathError(`Wrong number of parameters for ${name}`);
  return called.apply(parameters, scope);
}
