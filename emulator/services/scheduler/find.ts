import type { Permission } from '../../service';
import { notFound } from './errors';
import type { Group, Schedule, SchedulerCall } from './state';

/** The group that every account has; only its schedules can be changed. */
export const defaultGroup = 'default';

export const groupArn = (name: string, call: SchedulerCall): string =>
  call.arn(`schedule-group/${name}`);

/** The group of the name; `default` is there from the beginning. */
export function findGroup(name: string | undefined, call: SchedulerCall): Group {
  const wanted = name ?? defaultGroup;
  const known = call.state.groups.get(wanted);
  if (known) return known;
  if (wanted !== defaultGroup) throw notFound(`Schedule group ${wanted} does not exist.`);
  const made = {
    name: wanted,
    arn: groupArn(wanted, call),
    tags: {},
    schedules: new Map<string, Schedule>(),
  };
  call.state.groups.set(wanted, made);
  return made;
}

interface ScheduleName {
  Name?: string | undefined;
  GroupName?: string | undefined;
}

export function findSchedule({ Name = '', GroupName }: ScheduleName, call: SchedulerCall) {
  const schedule = findGroup(GroupName, call).schedules.get(Name);
  if (!schedule) throw notFound(`Schedule ${Name} does not exist.`);
  return schedule;
}

/** One action on the schedule that the input names. */
export const onSchedule =
  (action: string) =>
  ({ Name = '', GroupName = defaultGroup }: ScheduleName, call: SchedulerCall): Permission => ({
    action: `scheduler:${action}`,
    resources: [call.arn(`schedule/${GroupName}/${Name}`)],
  });

/** One action on the group that the input names. */
export const onGroup =
  (action: string) =>
  ({ Name = '' }: { Name?: string | undefined }, call: SchedulerCall): Permission => ({
    action: `scheduler:${action}`,
    resources: [groupArn(Name, call)],
  });
