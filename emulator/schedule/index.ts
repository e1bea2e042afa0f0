import { nextOfCron, readCron } from './cron';
import { instantAt, isTimeZone } from './zone';
import { table } from '../table';

/** A schedule expression as EventBridge's rules and EventBridge Scheduler write it. */
export type Schedule =
  | { kind: 'at'; wall: Date }
  | { kind: 'rate'; count: number; unit: string; period: number }
  | { kind: 'cron'; pattern: string };

const units: Record<string, number> = table({ minute: 60_000, hour: 3_600_000, day: 86_400_000 });

/** Reads `rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(2026-01-01T00:00:00)`; nothing else. */
export function readSchedule(expression: string): Schedule | undefined {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'at') return readAt(inner);
  if (kind === 'rate') return readRate(inner);
  const pattern = kind === 'cron' ? readCron(inner) : undefined;
  return pattern === undefined ? undefined : { kind: 'cron', pattern };
}

function readAt(text: string): Schedule | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wall = new Date(`${text}Z`);
  // A thirtieth of February is no date, though JavaScript would make one of it.
  const isDate = !Number.isNaN(wall.getTime()) && wall.toISOString().startsWith(text);
  return isDate ? { kind: 'at', wall } : undefined;
}

function readRate(text: string): Schedule | undefined {
  const [, count, unit = ''] = /^([1-9]\d{0,8}) (minutes?|hours?|days?)$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  const period = Number(count) * (units[unit.replace(/s$/, '')] ?? 0);
  return { kind: 'rate', count: Number(count), unit, period };
}

interface Occurrences {
  after: Date;
  /** When a rate begins. */
  anchor: Date;
  /** IANA name; UTC when absent. */
  zone?: string | undefined;
}

/** The first moment after `after`; nothing when none is to come. */
export function nextOccurrence(
  schedule: Schedule,
  { after, anchor, zone = 'UTC' }: Occurrences,
): Date | undefined {
  if (schedule.kind === 'cron') return nextOfCron(schedule.pattern, after, zone);
  if (schedule.kind === 'at') {
    const instant = instantAt(schedule.wall, zone);
    return instant && instant > after ? instant : undefined;
  }
  const passed = Math.floor((after.getTime() - anchor.getTime()) / schedule.period) + 1;
  return new Date(anchor.getTime() + Math.max(passed, 0) * schedule.period);
}

export { instantAt, isTimeZone };
