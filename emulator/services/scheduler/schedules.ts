import {
  ConflictException,
  type CreateScheduleInput,
  ScheduleState,
} from '@aws-sdk/client-scheduler';
import { refuse } from '../../refuse';
import { checkName, checkOneOf, pageOf } from './errors';
import { findGroup, findSchedule } from './find';
import { announceSchedule, removeSchedule } from './remove';
import { checkSchedule } from './schedule-check';
import type { Group, Schedule, SchedulerCall, SchedulerHandlers } from './state';
import { arm } from './timing';

export const schedules = {
  async CreateSchedule(input, call) {
    const { Name: name = '' } = input;
    checkName(name, 'name');
    const group = findGroup(input.GroupName, call);
    if (group.schedules.has(name))
      throw refuse(ConflictException, `Schedule ${name} already exists.`);
    await checkSchedule(input, call);
    const schedule = newSchedule(input, { group, createdAt: call.now() }, call);
    group.schedules.set(name, schedule);
    arm(schedule, call);
    announceSchedule('CREATE', schedule, call);
    return { ScheduleArn: schedule.arn };
  },

  /** Replaces the whole schedule: what is left out takes its default. */
  async UpdateSchedule(input, call) {
    const { createdAt, last } = findSchedule(input, call);
    await checkSchedule(input, call);
    const group = findGroup(input.GroupName, call);
    const schedule = newSchedule(input, { group, createdAt, last }, call);
    group.schedules.set(schedule.name, schedule);
    arm(schedule, call);
    announceSchedule('UPDATE', schedule, call);
    return { ScheduleArn: schedule.arn };
  },

  GetSchedule(input, call) {
    const schedule = findSchedule(input, call);
    return {
      ...summary(schedule),
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.zone,
      FlexibleTimeWindow: schedule.window,
      ActionAfterCompletion: schedule.afterwards,
      Target: schedule.target,
      ...(schedule.description === undefined ? {} : { Description: schedule.description }),
      ...(schedule.start ? { StartDate: schedule.start } : {}),
      ...(schedule.end ? { EndDate: schedule.end } : {}),
    };
  },

  DeleteSchedule(input, call) {
    removeSchedule(findSchedule(input, call), call);
    return {};
  },

  ListSchedules(input, call) {
    const { GroupName, NamePrefix = '', State } = input;
    checkOneOf(State, 'state', ScheduleState);
    const groups =
      GroupName === undefined ? [...call.state.groups.values()] : [findGroup(GroupName, call)];
    const found = groups
      .flatMap(({ schedules: all }) => [...all.values()])
      .filter(
        ({ name, state }) =>
          name.startsWith(NamePrefix) && (State === undefined || state === State),
      );
    const { page, next } = pageOf(found, input);
    return {
      Schedules: page.map((schedule) => ({
        ...summary(schedule),
        Target: { Arn: schedule.target.Arn },
      })),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies SchedulerHandlers;

const summary = ({ name, group, arn, state, createdAt, modifiedAt }: Schedule) => ({
  Arn: arn,
  Name: name,
  GroupName: group,
  State: state,
  CreationDate: createdAt,
  LastModificationDate: modifiedAt,
});

interface Kept {
  group: Group;
  createdAt: Date;
  last?: number | undefined;
}

/** AWS answers a target with the retry policy that it falls back to. */
const defaultRetries = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

const defaults = {
  ScheduleExpressionTimezone: 'UTC',
  State: 'ENABLED',
  ActionAfterCompletion: 'NONE',
  FlexibleTimeWindow: { Mode: 'OFF' },
} as const;

function newSchedule(
  given: CreateScheduleInput,
  { group, createdAt, last }: Kept,
  call: SchedulerCall,
): Schedule {
  const input = { ...defaults, ...whatIsGiven(given) };
  return {
    name: input.Name,
    group: group.name,
    arn: call.arn(`schedule/${group.name}/${input.Name}`),
    expression: input.ScheduleExpression,
    zone: input.ScheduleExpressionTimezone,
    state: input.State,
    target: {
      ...input.Target,
      RetryPolicy: { ...defaultRetries, ...whatIsGiven(input.Target.RetryPolicy ?? {}) },
    },
    window: input.FlexibleTimeWindow,
    afterwards: input.ActionAfterCompletion,
    createdAt,
    modifiedAt: call.now(),
    ...whatIsGiven({
      description: input.Description,
      start: input.StartDate,
      end: input.EndDate,
      last,
    }),
  };
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the members that are absent; those that must be there have been checked. */
const whatIsGiven = <T extends object>(members: T): Given<T> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as unknown as Given<T>;
