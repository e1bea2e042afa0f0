import type { CreateScheduleInput, Scheduler, Target } from '@aws-sdk/client-scheduler';
import { ignoring, number, object, required, tagsFor, text } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';

const schedulerOf = (context: ProviderContext): Scheduler => context.client<Scheduler>('scheduler');

const date = (properties: Properties, name: string): Date | undefined => {
  const value = text(properties, name);
  return value === undefined ? undefined : new Date(value);
};

/** Numbers may come as text from a template. */
function targetOf(properties: Properties): Target {
  const target = object(properties, 'Target') ?? {};
  const retries = object(target, 'RetryPolicy');
  return {
    ...(target as unknown as Target),
    ...(retries && {
      RetryPolicy: {
        MaximumEventAgeInSeconds: number(retries, 'MaximumEventAgeInSeconds'),
        MaximumRetryAttempts: number(retries, 'MaximumRetryAttempts'),
      },
    }),
  };
}

function inputOf(Name: string, properties: Properties): CreateScheduleInput {
  const window = object(properties, 'FlexibleTimeWindow') ?? {};
  return {
    Name,
    GroupName: text(properties, 'GroupName'),
    Description: text(properties, 'Description'),
    ScheduleExpression: required(properties, 'ScheduleExpression'),
    ScheduleExpressionTimezone: text(properties, 'ScheduleExpressionTimezone'),
    StartDate: date(properties, 'StartDate'),
    EndDate: date(properties, 'EndDate'),
    State: text(properties, 'State') as CreateScheduleInput['State'],
    FlexibleTimeWindow: {
      Mode: required(window, 'Mode') as 'OFF',
      MaximumWindowInMinutes: number(window, 'MaximumWindowInMinutes'),
    },
    Target: targetOf(properties),
  };
}

const schedule: ResourceProvider = {
  properties: [
    'Description',
    'EndDate',
    'FlexibleTimeWindow',
    'GroupName',
    'Name',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target.Arn',
    'Target.DeadLetterConfig.Arn',
    'Target.EventBridgeParameters',
    'Target.Input',
    'Target.RetryPolicy',
    'Target.RoleArn',
    'Target.SqsParameters',
  ],

  async create(properties, context) {
    const Name = text(properties, 'Name') ?? context.physicalName(64);
    const { ScheduleArn } = await schedulerOf(context).createSchedule(inputOf(Name, properties));
    return { physicalId: Name, attributes: { Arn: ScheduleArn } };
  },

  async update(Name, { properties }, context) {
    const { ScheduleArn } = await schedulerOf(context).updateSchedule(inputOf(Name, properties));
    return { physicalId: Name, attributes: { Arn: ScheduleArn } };
  },

  async delete(Name, properties, context) {
    await ignoring(
      ['ResourceNotFoundException'],
      schedulerOf(context).deleteSchedule({ Name, GroupName: text(properties, 'GroupName') }),
    );
  },
};

async function shownGroup(Name: string, context: ProviderContext) {
  const group = await schedulerOf(context).getScheduleGroup({ Name });
  return {
    physicalId: Name,
    attributes: {
      Arn: group.Arn,
      State: group.State,
      CreationDate: group.CreationDate?.toISOString(),
      LastModificationDate: group.LastModificationDate?.toISOString(),
    },
  };
}

const scheduleGroup: ResourceProvider = {
  properties: ['Name', 'Tags'],

  async create(properties, context) {
    const Name = text(properties, 'Name') ?? context.physicalName(64);
    await schedulerOf(context).createScheduleGroup({ Name, Tags: tagsFor(properties, context) });
    return shownGroup(Name, context);
  },

  async update(Name, { properties }, context) {
    const scheduler = schedulerOf(context);
    const shown = await shownGroup(Name, context);
    const ResourceArn = shown.attributes.Arn;
    await replaceTags(tagsFor(properties, context), {
      keys: async () =>
        ((await scheduler.listTagsForResource({ ResourceArn })).Tags ?? []).map(({ Key }) => Key),
      remove: (TagKeys) => scheduler.untagResource({ ResourceArn, TagKeys }),
      set: (Tags) => scheduler.tagResource({ ResourceArn, Tags }),
    });
    return shown;
  },

  async delete(Name, _properties, context) {
    await ignoring(
      ['ResourceNotFoundException'],
      schedulerOf(context).deleteScheduleGroup({ Name }),
    );
  },
};

export default {
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
} satisfies ResourceProviders;
