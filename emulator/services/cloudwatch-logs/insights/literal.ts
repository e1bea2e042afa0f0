import { type Token, unquote } from './scanner';
import type { Value } from './value';
import { table } from '../../../table';

const units: Record<string, number | undefined> = table({
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
});

/** The value of a token that stands for itself; periods are milliseconds. */
export function literalOf(token: Token): Value {
  switch (token.kind) {
    case 'string':
      return unquote(token);
    case 'number':
      return Number(token.text);
    case 'period':
      return periodOf(token.text);
    default:
      return undefined;
  }
}

function periodOf(text: string): number | undefined {
  const [, count = '', unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(text) ?? [];
  const size = units[unit.toLowerCase()] ?? units[unit.toLowerCase().replace(/s$|utes$|urs?$/, '')];
  return size === undefined ? undefined : Number(count) * size;
}
