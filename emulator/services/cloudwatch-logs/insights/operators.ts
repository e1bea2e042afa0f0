import { compareValues, type Value } from './value';
import { table } from '../../../table';

type Order = (one: Value, other: Value) => boolean;

export const comparisons: Record<string, Order | undefined> = table({
  '=': (one, other) => compareValues(one, other) === 0,
  '!=': (one, other) => compareValues(one, other) !== 0,
  '<': (one, other) => compareValues(one, other) < 0,
  '<=': (one, other) => compareValues(one, other) <= 0,
  '>': (one, other) => compareValues(one, other) > 0,
  '>=': (one, other) => compareValues(one, other) >= 0,
});

export type Arithmetic = (one: number, other: number) => number;

export const sums: Record<string, Arithmetic> = table({
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
});
export const products: Record<string, Arithmetic> = table({
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
});
export const powers: Record<string, Arithmetic> = table({ '^': (one, other) => one ** other });
