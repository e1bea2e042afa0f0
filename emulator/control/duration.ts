import { table } from '../table';

const units: Record<string, number> = table({
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
});

/** `90s`, `5m`, `1h30m`, or milliseconds as a number; undefined when it is neither. */
export function toMilliseconds(duration: unknown): number | undefined {
  if (typeof duration === 'number') return duration >= 0 ? duration : undefined;
  if (typeof duration !== 'string' || !/^(\d+(ms|s|m|h|d))+$/.test(duration)) return undefined;
  return [...duration.matchAll(/(\d+)(ms|s|m|h|d)/g)]
    .map(([, amount, unit]) => Number(amount) * (units[unit ?? ''] ?? 0))
    .reduce((total, part) => total + part, 0);
}
