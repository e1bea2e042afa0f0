import { type CreateScheduleInput, Scheduler } from '@aws-sdk/client-scheduler';
import { defineService, type Permission } from '../../service';
import { onGroup, onSchedule } from './find';
import { groups } from './groups';
import { attempt, occur } from './invoke';
import { schedules } from './schedules';
import { createState, type SchedulerCall } from './state';
import { tagging } from './tagging';
import { view } from './view';

/** Whoever writes a schedule passes the execution role to the service. */
const withRole =
  (action: string) =>
  (input: Partial<CreateScheduleInput>, call: SchedulerCall): Permission[] => [
    onSchedule(action)(input, call),
    {
      action: 'iam:PassRole',
      resources: [input.Target?.RoleArn ?? '*'],
      context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    },
  ];

const onTagged =
  (action: string) =>
  ({ ResourceArn = '' }: { ResourceArn?: string | undefined }): Permission => ({
    action: `scheduler:${action}`,
    resources: [ResourceArn],
  });

export default defineService({
  client: Scheduler,
  createState,
  handlers: { ...schedules, ...groups, ...tagging },
  permissions: {
    CreateSchedule: withRole('CreateSchedule'),
    CreateScheduleGroup: onGroup('CreateScheduleGroup'),
    DeleteSchedule: onSchedule('DeleteSchedule'),
    DeleteScheduleGroup: onGroup('DeleteScheduleGroup'),
    GetSchedule: onSchedule('GetSchedule'),
    GetScheduleGroup: onGroup('GetScheduleGroup'),
    ListTagsForResource: onTagged('ListTagsForResource'),
    TagResource: onTagged('TagResource'),
    UntagResource: onTagged('UntagResource'),
    UpdateSchedule: withRole('UpdateSchedule'),
  },
  timers: { occurrence: occur, retry: attempt },
  view,
});
