import type { Expression } from './expression';
import type { Row } from './row';
import { compareValues, isTrue, toNumber, toText, type Value } from './value';
import { table } from '../../../table';

interface QueryFunction {
  /** Fewest and most arguments. */
  takes: [number, number];
  call: (values: Value[]) => Value;
}

/** Whether a function takes so many arguments. */
export const accepts = ({ takes: [fewest, most] }: QueryFunction, count: number): boolean =>
  count >= fewest && count <= most;

const ofNumber = (compute: (value: number) => number): QueryFunction => ({
  takes: [1, 1],
  call: ([value]) => {
    const number = toNumber(value);
    return number === undefined ? undefined : compute(number);
  },
});

const ofText = (compute: (text: string, ...more: Value[]) => Value, most = 1): QueryFunction => ({
  takes: [1, most],
  call: ([value, ...more]) => (value === undefined ? undefined : compute(toText(value), ...more)),
});

const extreme = (sign: 1 | -1): QueryFunction => ({
  takes: [1, Infinity],
  call: (values) =>
    values
      .filter((value) => value !== undefined)
      .reduce<Value>(
        (best, value) =>
          best === undefined || compareValues(value, best) * sign > 0 ? value : best,
        undefined,
      ),
});

const floorTo = (value: Value, period: Value): number | undefined => {
  const [time, size] = [toNumber(value), toNumber(period)];
  return time === undefined || !size ? undefined : Math.floor(time / size) * size;
};

const dateOf = (time: number | undefined): Value =>
  time === undefined ? undefined : new Date(time);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Takes white space, or the text that is given, away from one or both ends. */
function trimmed(text: string, what: Value, ends: 'left' | 'right' | 'both'): string {
  const part = what === undefined ? '\\s' : escaped(toText(what));
  const left = ends === 'right' ? text : text.replace(new RegExp(`^(?:${part})+`), '');
  return ends === 'left' ? left : left.replace(new RegExp(`(?:${part})+$`), '');
}

const upper = ofText((text) => text.toUpperCase());
const lower = ofText((text) => text.toLowerCase());

/** The functions of the query language that stand for one row, by their names in lower case. */
export const functions: Record<string, QueryFunction | undefined> = table({
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  log: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  greatest: extreme(1),
  least: extreme(-1),
  tonumber: { takes: [1, 1], call: ([value]) => toNumber(value) },
  ispresent: { takes: [1, 1], call: ([value]) => value !== undefined },
  coalesce: { takes: [1, Infinity], call: (values) => values.find((each) => each !== undefined) },
  if: {
    takes: [3, 3],
    call: ([condition, then, otherwise]) => (isTrue(condition) ? then : otherwise),
  },
  isempty: { takes: [1, 1], call: ([value]) => toText(value) === '' },
  isblank: { takes: [1, 1], call: ([value]) => toText(value).trim() === '' },
  concat: { takes: [1, Infinity], call: (values) => values.map(toText).join('') },
  ltrim: ofText((text, what) => trimmed(text, what, 'left'), 2),
  rtrim: ofText((text, what) => trimmed(text, what, 'right'), 2),
  trim: ofText((text, what) => trimmed(text, what, 'both'), 2),
  strlen: ofText((text) => Array.from(text).length),
  toupper: upper,
  upper,
  tolower: lower,
  lower,
  substr: ofText((text, start, length) => {
    const from = toNumber(start) ?? 0;
    const count = toNumber(length);
    return Array.from(text)
      .slice(from, count === undefined ? undefined : from + count)
      .join('');
  }, 3),
  replace: ofText((text, what, by) => text.replaceAll(toText(what), () => toText(by)), 3),
  strcontains: ofText((text, what) => Number(text.includes(toText(what))), 2),
  datefloor: { takes: [2, 2], call: ([value, period]) => dateOf(floorTo(value, period)) },
  dateceil: {
    takes: [2, 2],
    call([value, period]) {
      const [floor, time] = [floorTo(value, period), toNumber(value)];
      if (floor === undefined) return undefined;
      return dateOf(floor === time ? floor : floor + (toNumber(period) ?? 0));
    },
  },
  frommillis: { takes: [1, 1], call: ([value]) => dateOf(toNumber(value)) },
  tomillis: { takes: [1, 1], call: ([value]) => toNumber(value) },
});

/** `bin(5m)`: the time of the row's event, rounded down. */
export const binOf =
  (period: Expression): Expression =>
  (row: Row) =>
    dateOf(floorTo(row.get('@timestamp'), period(row)));
