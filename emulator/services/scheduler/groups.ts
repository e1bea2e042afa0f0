import { ConflictException } from '@aws-sdk/client-scheduler';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { checkName, invalid, pageOf } from './errors';
import { defaultGroup, findGroup, groupArn } from './find';
import { removeSchedule } from './remove';
import type { Group, SchedulerCall, SchedulerHandlers } from './state';

export const groups = {
  CreateScheduleGroup({ Name: name = '', Tags }, call) {
    checkName(name, 'name');
    checkNotDefault(name);
    if (call.state.groups.has(name))
      throw refuse(ConflictException, `Schedule group ${name} already exists.`);
    const arn = groupArn(name, call);
    call.state.groups.set(name, {
      name,
      arn,
      tags: tagRecord(Tags),
      schedules: new Map(),
      createdAt: call.now(),
      modifiedAt: call.now(),
    });
    announceGroup('CREATE', name, call);
    return { ScheduleGroupArn: arn };
  },

  GetScheduleGroup({ Name }, call) {
    return show(findGroup(Name, call));
  },

  /** Deletes the schedules with it. */
  DeleteScheduleGroup({ Name: name = '' }, call) {
    checkNotDefault(name);
    const group = findGroup(name, call);
    for (const schedule of group.schedules.values()) removeSchedule(schedule, call);
    call.state.groups.delete(name);
    announceGroup('DELETE', name, call);
    return {};
  },

  ListScheduleGroups({ NamePrefix = '', ...asked }, call) {
    findGroup(defaultGroup, call);
    const found = [...call.state.groups.values()].filter(({ name }) => name.startsWith(NamePrefix));
    const { page, next } = pageOf(found, asked);
    return {
      ScheduleGroups: page.map(show),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies SchedulerHandlers;

function checkNotDefault(name: string): void {
  if (name === defaultGroup)
    throw invalid('This operation cannot be performed on schedule group default.');
}

export const announceGroup = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  id: string,
  call: SchedulerCall,
): void => call.announce({ kind, type: 'AWS::Scheduler::ScheduleGroup', id });

const show = ({ name, arn, createdAt, modifiedAt }: Group) => ({
  Name: name,
  Arn: arn,
  State: 'ACTIVE' as const,
  ...(createdAt ? { CreationDate: createdAt } : {}),
  ...(modifiedAt ? { LastModificationDate: modifiedAt } : {}),
});
