import type { TimeSeries } from '../queries/time-series';
import { MathError } from './tokens';
import { isList, isSeries, mapValue, type Value, withPoints } from './value';
import { table } from '../../../table';

type Operation = (left: number, right: number) => number;

const truth =
  (holds: (left: number, right: number) => boolean): Operation =>
  (left, right) =>
    holds(left, right) ? 1 : 0;

const operations: Record<string, Operation> = table({
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': truth((left, right) => left === right),
  '!=': truth((left, right) => left !== right),
  '<': truth((left, right) => left < right),
  '<=': truth((left, right) => left <= right),
  '>': truth((left, right) => left > right),
  '>=': truth((left, right) => left >= right),
  AND: truth((left, right) => left !== 0 && right !== 0),
  OR: truth((left, right) => left !== 0 || right !== 0),
});

/** Two values joined: series where both have a point, a list series by series. */
export function applyOperator(operator: string, left: Value, right: Value): Value {
  const operation = operations[operator];
  if (!operation) throw new MathError(`Unexpected '${operator}'`);
  if (typeof left === 'number') return mapValue(right, (number) => operation(left, number));
  if (typeof right === 'number') return mapValue(left, (number) => operation(number, right));
  return joined(left, right, operation);
}

function joined(left: Value, right: Value, operation: Operation): Value {
  if (isSeries(left) && isSeries(right)) return joinSeries(left, right, operation);
  if (isList(left) && isSeries(right))
    return left.map((series) => joinSeries(series, right, operation));
  if (isSeries(left) && isList(right))
    return right.map((series) => ({ ...joinSeries(left, series, operation), ...labelOf(series) }));
  throw new MathError('Two arrays cannot be joined by an operator');
}

const labelOf = ({ label }: TimeSeries) => (label === undefined ? {} : { label });

const joinSeries = (left: TimeSeries, right: TimeSeries, operation: Operation): TimeSeries =>
  withPoints(
    left,
    [...left.points].map(([at, number]) => {
      const other = right.points.get(at);
      return [at, other === undefined ? undefined : operation(number, other)];
    }),
  );
