import {
  AlreadyExistsFault,
  type CreateAutoScalingGroupType,
  ResourceInUseFault,
  ScalingActivityInProgressFault,
  type UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { refuse } from '../../refuse';
import { second } from './activities';
import { want } from './capacity';
import { checkSizes, checkSupported, placesFor, type Settings, templateFor } from './check-group';
import { describeGroup } from './describe-group';
import { groupBy, invalid } from './find';
import { hookOf } from './hooks';
import { leave } from './leaving';
import { pageOf } from './pages';
import {
  type AutoScalingCall,
  type AutoScalingHandlers,
  changed,
  type Group,
  groupType,
} from './state';
import { addTags } from './tags';
import { dropAlarms } from './tracking-alarms';

function checkedName({ state }: AutoScalingCall, name: string | undefined): string {
  if (!name)
    throw invalid(
      "1 validation error detected: Value null at 'autoScalingGroupName' failed to satisfy constraint: Member must not be null",
    );
  if (!state.groups.has(name)) return name;
  throw refuse(
    AlreadyExistsFault,
    `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
  );
}

/** Members of the request that stand in the group under names of its own, where they are given. */
function settingsOf(input: Settings): Partial<Group> {
  const given = {
    cooldown: input.DefaultCooldown,
    warmup: input.DefaultInstanceWarmup === -1 ? undefined : input.DefaultInstanceWarmup,
    healthCheckType: input.HealthCheckType,
    gracePeriod: input.HealthCheckGracePeriod,
    protectsNew: input.NewInstancesProtectedFromScaleIn,
    terminationPolicies: input.TerminationPolicies?.length ? input.TerminationPolicies : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

type Sizes = Pick<Group, 'min' | 'max' | 'desired'>;

const none: Sizes = { min: 0, max: 0, desired: 0 };

/** A new bound takes the capacity with it, unless the request names one. */
function sizesOf({ MinSize, MaxSize, DesiredCapacity }: Settings, before: Sizes = none): Sizes {
  const { min, max } = { min: MinSize ?? before.min, max: MaxSize ?? before.max };
  const desired = DesiredCapacity ?? Math.max(Math.min(before.desired, max), min);
  checkSizes({ min, max, desired });
  return { min, max, desired };
}

async function newGroup(call: AutoScalingCall, input: CreateAutoScalingGroupType): Promise<Group> {
  const name = checkedName(call, input.AutoScalingGroupName);
  const { min, max } = sizesOf(input);
  const id = call.random.uuid();
  return {
    name,
    arn: call.arn(`autoScalingGroup:${id}:autoScalingGroupName/${name}`),
    createdAt: call.now(),
    min,
    max,
    desired: 0,
    template: await templateFor(call, input.LaunchTemplate),
    ...(await placesFor(call, input)),
    cooldown: 300,
    healthCheckType: 'EC2',
    gracePeriod: 0,
    terminationPolicies: ['Default'],
    protectsNew: false,
    suspended: new Map(),
    tags: new Map(),
    members: new Map(),
    hooks: new Map(),
    policies: new Map(),
    activities: [],
    reason: '',
    isDeleting: false,
    isStuck: false,
    ...settingsOf(input),
  };
}

async function update(call: AutoScalingCall, group: Group, input: UpdateAutoScalingGroupType) {
  const { min, max, desired } = sizesOf(input, group);
  const template = input.LaunchTemplate && (await templateFor(call, input.LaunchTemplate));
  const isMoved = input.VPCZoneIdentifier !== undefined || input.AvailabilityZones !== undefined;
  const places = isMoved ? await placesFor(call, input) : {};
  Object.assign(group, settingsOf(input), places, { min, max }, template ? { template } : {});
  if (input.DefaultInstanceWarmup === -1) delete group.warmup;
  if (desired === group.desired) {
    group.isStuck = false;
    changed(call, group);
  } else {
    const why = `a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${desired}`;
    want(call, group, { desired, why });
  }
}

function checkDeletable({ members }: Group) {
  if (members.size === 0) return;
  const isLeaving = [...members.values()].every(({ lifecycle }) =>
    lifecycle.startsWith('Terminating'),
  );
  if (isLeaving)
    throw refuse(
      ScalingActivityInProgressFault,
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
    );
  throw refuse(
    ResourceInUseFault,
    'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
  );
}

/** With force every instance goes at once, without waiting for its hooks. */
function dismiss(call: AutoScalingCall, group: Group) {
  group.isDeleting = true;
  group.desired = 0;
  group.min = 0;
  group.hooks.clear();
  for (const member of group.members.values()) {
    if (member.lifecycle === 'Terminating:Proceed') continue;
    member.leaving =
      'an instance was taken out of service in response to the deletion of its group.';
    delete member.action;
    leave(call, group, member);
  }
}

export const groups = {
  async CreateAutoScalingGroup(input, call) {
    checkSupported(input);
    const { desired } = sizesOf(input);
    const group = await newGroup(call, input);
    checkedName(call, group.name);
    addTags(group, input.Tags);
    for (const hook of input.LifecycleHookSpecificationList ?? [])
      group.hooks.set(hook.LifecycleHookName ?? '', hookOf(hook));
    call.state.groups.set(group.name, group);
    call.announce({ kind: 'CREATE', type: groupType, id: group.name });
    group.desired = desired;
    group.reason = `At ${second(call.now())} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${desired}.`;
  },

  async UpdateAutoScalingGroup(input, call) {
    const group = groupBy(
      call,
      input.AutoScalingGroupName,
      'AutoScalingGroup name not found - null',
    );
    checkSupported(input);
    await update(call, group, input);
  },

  DescribeAutoScalingGroups({ AutoScalingGroupNames: names = [], Filters = [], ...input }, call) {
    const tagged = (group: Group) =>
      Filters.every(({ Name = '', Values = [] }) => passes(group, Name, Values));
    const found = [...call.state.groups.values()]
      .filter(({ name }) => !names.length || names.includes(name))
      .filter(tagged);
    const { page, next } = pageOf(found, input);
    return { AutoScalingGroups: page.map(describeGroup), NextToken: next };
  },

  async DeleteAutoScalingGroup({ AutoScalingGroupName, ForceDelete }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    if (!ForceDelete) checkDeletable(group);
    for (const policy of group.policies.values()) await dropAlarms(call, policy);
    dismiss(call, group);
    changed(call, group);
    if (group.members.size === 0) {
      call.state.groups.delete(group.name);
      call.announce({ kind: 'DELETE', type: groupType, id: group.name });
    }
  },
} satisfies AutoScalingHandlers;

/** `tag-key`, `tag-value` and `tag:<key>` are what groups are filtered by. */
function passes({ tags }: Group, name: string, values: string[]): boolean {
  if (name === 'tag-key') return values.some((key) => tags.has(key));
  if (name === 'tag-value') return [...tags.values()].some(({ value }) => values.includes(value));
  if (name.startsWith('tag:')) return values.includes(tags.get(name.slice(4))?.value ?? '');
  throw invalid(`Filter name ${name} is invalid`); // text unverified
}
