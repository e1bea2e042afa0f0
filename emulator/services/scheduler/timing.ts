import { instantAt, nextOccurrence, readSchedule } from '../../schedule';
import { timerOf } from './remove';
import type { Schedule, SchedulerCall } from './state';

/** What a schedule's timer says. */
export interface Due {
  group: string;
  name: string;
  /** The occurrence, in simulated milliseconds; a flexible window lets the timer ring later. */
  time: number;
}

/** Sets the one timer of a schedule, for its next occurrence; false when none is to come. */
export function arm(schedule: Schedule, call: SchedulerCall): boolean {
  call.timers.cancel(timerOf(schedule));
  const time = nextOf(schedule, call.now());
  if (!time) return false;
  if (schedule.state === 'DISABLED') return true;
  call.timers.set({
    id: timerOf(schedule),
    name: 'occurrence',
    at: new Date(Math.max(time.getTime() + delayOf(schedule, call), call.now().getTime())),
    payload: { group: schedule.group, name: schedule.name, time: time.getTime() } satisfies Due,
  });
  return true;
}

function nextOf(schedule: Schedule, now: Date): Date | undefined {
  const parsed = readSchedule(schedule.expression);
  if (parsed?.kind === 'at') return onceAt(schedule, instantAt(parsed.wall, schedule.zone));
  if (!parsed) return undefined;
  const next = nextOccurrence(parsed, {
    after: new Date(lastBefore(schedule, now)),
    anchor: schedule.start ?? schedule.modifiedAt,
    zone: schedule.zone,
  });
  return next && schedule.end && next > schedule.end ? undefined : next;
}

/** A time that has passed already comes at once, but no time comes twice. */
const onceAt = ({ last }: Schedule, instant: Date | undefined): Date | undefined =>
  instant && instant.getTime() !== last ? instant : undefined;

/** Occurrences follow the last that came; one whose flexible window is still open may yet come. */
function lastBefore(schedule: Schedule, now: Date): number {
  const patience = (schedule.window.MaximumWindowInMinutes ?? 0) * 60_000;
  return Math.max(schedule.last ?? 0, beginningOf(schedule), now.getTime() - patience - 1);
}

/** A rate comes at its start, which is at once when there is none; cron after it was written. */
function beginningOf({ start, modifiedAt, expression }: Schedule): number {
  if (start) return start.getTime() - 1;
  return modifiedAt.getTime() - (expression.startsWith('rate') ? 1 : 0);
}

/** A flexible window lets AWS choose the moment; here the seed chooses, in whole seconds. */
function delayOf({ window }: Schedule, call: SchedulerCall): number {
  if (window.Mode !== 'FLEXIBLE') return 0;
  const seconds = (window.MaximumWindowInMinutes ?? 0) * 60;
  return Math.floor((parseInt(call.random.hex(8), 16) / 2 ** 32) * seconds) * 1000;
}
