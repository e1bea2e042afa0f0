/** A value in a query; a Date is a timestamp, and `undefined` a field that is not there. */
export type Value = string | number | boolean | Date | undefined;

const numeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** A value as a number; `undefined` when it is none. */
export function toNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value !== undefined && numeric.test(value) ? Number(value) : undefined;
}

/** A value as the results show it. */
export function toText(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : String(value);
}

export const isTrue = (value: Value): boolean => value === true || value === 1 || value === 'true';

/** Numbers by size, everything else by its text; what is not there comes last. */
export function compareValues(one: Value, other: Value): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  const [first, second] = [toNumber(one), toNumber(other)];
  if (first !== undefined && second !== undefined) return first - second;
  const [left, right] = [toText(one), toText(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
