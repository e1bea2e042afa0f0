import type { Schedule, SchedulerCall } from './state';

export const timerOf = ({ group, name }: Schedule): string => `schedule:${group}/${name}`;

/** Takes a schedule out of its group, and its timer with it. */
export function removeSchedule(schedule: Schedule, call: SchedulerCall): void {
  call.timers.cancel(timerOf(schedule));
  call.state.groups.get(schedule.group)?.schedules.delete(schedule.name);
  announceSchedule('DELETE', schedule, call);
}

export const announceSchedule = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { name: id }: Schedule,
  call: SchedulerCall,
): void => call.announce({ kind, type: 'AWS::Scheduler::Schedule', id });
