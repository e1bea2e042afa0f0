import type { AutoScaling, CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import {
  boolean,
  ignoring,
  number,
  object,
  objects,
  required,
  text,
  texts,
} from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { groupMembers } from '../group-members';
import { hookInput } from './hook-input';

const pause = 1000;
const patience = 3600;

function templateOf(properties: Properties): CreateAutoScalingGroupType['LaunchTemplate'] {
  const named = object(properties, 'LaunchTemplate');
  return (
    named && {
      LaunchTemplateId: text(named, 'LaunchTemplateId'),
      LaunchTemplateName: text(named, 'LaunchTemplateName'),
      Version: text(named, 'Version'),
    }
  );
}

const places = (properties: Properties) => ({
  AvailabilityZones: texts(properties, 'AvailabilityZones'),
  VPCZoneIdentifier: texts(properties, 'VPCZoneIdentifier')?.join(','),
});

/** What is not set is as AWS has it by default, in an update too. */
const settings = (properties: Properties) => ({
  DefaultCooldown: number(properties, 'Cooldown') ?? 300,
  DefaultInstanceWarmup: number(properties, 'DefaultInstanceWarmup') ?? -1,
  DesiredCapacity: number(properties, 'DesiredCapacity'),
  HealthCheckGracePeriod: number(properties, 'HealthCheckGracePeriod') ?? 0,
  HealthCheckType: text(properties, 'HealthCheckType') ?? 'EC2',
  LaunchTemplate: templateOf(properties),
  MaxSize: number(properties, 'MaxSize'),
  MinSize: number(properties, 'MinSize'),
  NewInstancesProtectedFromScaleIn:
    boolean(properties, 'NewInstancesProtectedFromScaleIn') ?? false,
  TerminationPolicies: texts(properties, 'TerminationPolicies') ?? ['Default'],
  ...places(properties),
});

const ownTags = (properties: Properties) =>
  objects(properties, 'Tags').map((tag) => ({
    Key: required(tag, 'Key'),
    Value: required(tag, 'Value'),
    PropagateAtLaunch: boolean(tag, 'PropagateAtLaunch') ?? false,
  }));

/** The stack's tags go on to the instances, as CloudFormation has it. */
const tagsFor = (properties: Properties, { tags }: ProviderContext) => [
  ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true })),
  ...ownTags(properties),
];

const scalingOf = (context: ProviderContext) => context.client<AutoScaling>('auto-scaling');

async function groupOf(name: string, context: ProviderContext) {
  const { AutoScalingGroups: [group] = [] } = await scalingOf(context).describeAutoScalingGroups({
    AutoScalingGroupNames: [name],
  });
  return group;
}

async function provided(name: string, context: ProviderContext): Promise<Provided> {
  const group = await groupOf(name, context);
  return { physicalId: name, attributes: { AutoScalingGroupARN: group?.AutoScalingGroupARN } };
}

async function changeTags(name: string, properties: Properties, context: ProviderContext) {
  const on = { ResourceId: name, ResourceType: 'auto-scaling-group' };
  const wanted = tagsFor(properties, context);
  const group = await groupOf(name, context);
  const gone = (group?.Tags ?? []).filter(({ Key }) => !wanted.some((tag) => tag.Key === Key));
  if (gone.length)
    await scalingOf(context).deleteTags({ Tags: gone.map(({ Key }) => ({ Key, ...on })) });
  await scalingOf(context).createOrUpdateTags({ Tags: wanted.map((tag) => ({ ...tag, ...on })) });
}

interface Change {
  name: string;
  properties: Properties;
  previous: Properties;
}

async function changeHooks({ name, properties, previous }: Change, context: ProviderContext) {
  const hooksIn = (of: Properties) =>
    objects(of, 'LifecycleHookSpecificationList').map((hook) => hookInput(hook));
  const wanted = hooksIn(properties);
  const scaling = scalingOf(context);
  const on = { AutoScalingGroupName: name };
  for (const { LifecycleHookName } of hooksIn(previous))
    if (!wanted.some((hook) => hook.LifecycleHookName === LifecycleHookName))
      await scaling.deleteLifecycleHook({ ...on, LifecycleHookName });
  for (const hook of wanted) await scaling.putLifecycleHook({ ...on, ...hook });
}

/** Waits until the last instance is gone. */
async function vanished(name: string, context: ProviderContext): Promise<void> {
  for (let time = 0; time < patience && context.sleep; time += 1) {
    if (!(await groupOf(name, context))) return;
    await context.sleep(pause);
  }
}

/** AWS::AutoScaling::AutoScalingGroup */
export const group: ResourceProvider = {
  properties: [...groupMembers, 'Cooldown'],
  async create(properties, context) {
    const name = text(properties, 'AutoScalingGroupName') ?? context.physicalName(255);
    const { DefaultInstanceWarmup: warmup, ...given } = settings(properties);
    await scalingOf(context).createAutoScalingGroup({
      AutoScalingGroupName: name,
      ...given,
      ...(warmup < 0 ? {} : { DefaultInstanceWarmup: warmup }),
      LifecycleHookSpecificationList: objects(properties, 'LifecycleHookSpecificationList').map(
        (hook) => hookInput(hook),
      ),
      Tags: tagsFor(properties, context),
    });
    return provided(name, context);
  },
  async update(name, { properties, previous }, context) {
    await scalingOf(context).updateAutoScalingGroup({
      AutoScalingGroupName: name,
      ...settings(properties),
    });
    await changeHooks({ name, properties, previous }, context);
    await changeTags(name, properties, context);
    return provided(name, context);
  },
  async delete(name, _properties, context) {
    if (!(await groupOf(name, context))) return;
    const input = { AutoScalingGroupName: name, ForceDelete: true };
    await ignoring(['ValidationError'], scalingOf(context).deleteAutoScalingGroup(input));
    await vanished(name, context);
  },
};
