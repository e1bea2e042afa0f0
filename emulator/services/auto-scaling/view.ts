import type { Resource } from '../../changes/resource';
import { type AutoScalingCall, type Group, groupType, type Hook, type Policy } from './state';

const templateOf = ({ template }: Group) => ({
  LaunchTemplateId: template.id,
  LaunchTemplateName: template.name,
  Version: template.version,
});

const tagsOf = ({ tags }: Group) =>
  [...tags].map(([Key, { value: Value, isPropagated: PropagateAtLaunch }]) => ({
    Key,
    Value,
    PropagateAtLaunch,
  }));

const specification = (hook: Hook) => ({
  LifecycleHookName: hook.name,
  LifecycleTransition: hook.transition,
  HeartbeatTimeout: hook.heartbeat,
  DefaultResult: hook.defaultResult,
  NotificationMetadata: hook.metadata,
  NotificationTargetARN: hook.targetArn,
  RoleARN: hook.roleArn,
});

const shownGroup = (group: Group): Resource => ({
  arn: group.arn,
  type: groupType,
  id: group.name,
  name: group.name,
  tags: Object.fromEntries([...group.tags].map(([key, { value }]) => [key, value])),
  createdAt: group.createdAt,
  configuration: {
    AutoScalingGroupName: group.name,
    AvailabilityZones: group.zones,
    Cooldown: String(group.cooldown),
    DefaultInstanceWarmup: group.warmup,
    DesiredCapacity: String(group.desired),
    HealthCheckGracePeriod: group.gracePeriod,
    HealthCheckType: group.healthCheckType,
    LaunchTemplate: templateOf(group),
    LifecycleHookSpecificationList: [...group.hooks.values()].map(specification),
    MaxSize: String(group.max),
    MinSize: String(group.min),
    NewInstancesProtectedFromScaleIn: group.protectsNew,
    Tags: tagsOf(group),
    TerminationPolicies: group.terminationPolicies,
    VPCZoneIdentifier: group.subnetIds,
  },
});

const shownPolicy = (group: Group, policy: Policy): Resource => ({
  arn: policy.arn,
  type: 'AWS::AutoScaling::ScalingPolicy',
  id: policy.arn,
  name: policy.name,
  tags: {},
  configuration: {
    Arn: policy.arn,
    PolicyName: policy.name,
    AutoScalingGroupName: group.name,
    PolicyType: policy.type,
    AdjustmentType: policy.adjustmentType,
    Cooldown: policy.cooldown === undefined ? undefined : String(policy.cooldown),
    EstimatedInstanceWarmup: policy.warmup,
    MetricAggregationType: policy.aggregation,
    MinAdjustmentMagnitude: policy.minMagnitude,
    ScalingAdjustment: policy.adjustment,
    StepAdjustments: policy.steps,
    TargetTrackingConfiguration: policy.target,
  },
});

/** Groups and policies in the shapes of their CloudFormation types; hooks are part of their group. */
export const view = ({ state }: AutoScalingCall): Resource[] =>
  [...state.groups.values()].flatMap((group) => [
    shownGroup(group),
    ...[...group.policies.values()].map((policy) => shownPolicy(group, policy)),
  ]);
