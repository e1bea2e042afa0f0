import { LearnerError } from './errors';

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `5m` or `1h30m`. */
export function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new LearnerError('DURATION_INVALID', [text]);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** `+37 min`, `+1 h 5 min`: a clock's offset as people read it. */
export function offsetText(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : '+';
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return `${sign}${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${sign}${minutes} min`;
  const rest = minutes % 60;
  return `${sign}${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}
