import type { Resource } from '../../changes/resource';
import { defaultGroup } from './find';
import type { Group, Schedule, SchedulerCall } from './state';

export const view = ({ state }: SchedulerCall): Resource[] =>
  [...state.groups.values()].flatMap((group) => [
    ...(group.name === defaultGroup ? [] : [groupView(group)]),
    ...[...group.schedules.values()].map(scheduleView),
  ]);

const groupView = ({ name, arn, tags }: Group): Resource => ({
  arn,
  type: 'AWS::Scheduler::ScheduleGroup',
  id: name,
  name,
  tags,
  configuration: { Name: name },
});

const scheduleView = (schedule: Schedule): Resource => ({
  arn: schedule.arn,
  type: 'AWS::Scheduler::Schedule',
  id: schedule.name,
  name: schedule.name,
  tags: {},
  configuration: {
    Name: schedule.name,
    GroupName: schedule.group,
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.zone,
    State: schedule.state,
    FlexibleTimeWindow: schedule.window,
    Target: schedule.target,
    ...(schedule.description === undefined ? {} : { Description: schedule.description }),
    ...(schedule.start ? { StartDate: schedule.start.toISOString() } : {}),
    ...(schedule.end ? { EndDate: schedule.end.toISOString() } : {}),
  },
});
