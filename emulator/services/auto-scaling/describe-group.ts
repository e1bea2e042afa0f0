import type {
  AutoScalingGroup,
  AutoScalingInstanceDetails,
  Instance,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { Group, Member } from './state';

const templateOf = (group: Group, version: string) => ({
  LaunchTemplateId: group.template.id,
  LaunchTemplateName: group.template.name,
  Version: version,
});

/** An instance as part of its group. */
const describeMember = (group: Group, member: Member): Instance => ({
  InstanceId: member.id,
  InstanceType: member.instanceType,
  AvailabilityZone: member.zone,
  LifecycleState: member.lifecycle,
  HealthStatus: member.isHealthy ? 'Healthy' : 'Unhealthy',
  LaunchTemplate: templateOf(group, member.templateVersion),
  ProtectedFromScaleIn: member.isProtected,
});

/** An instance with the group it is in. */
export const describeAlone = (group: Group, member: Member): AutoScalingInstanceDetails => ({
  ...describeMember(group, member),
  LifecycleState: member.lifecycle,
  HealthStatus: member.isHealthy ? 'HEALTHY' : 'UNHEALTHY',
  AutoScalingGroupName: group.name,
});

/** The tags of a group as answers show them. */
export const tagsOf = (group: Group): TagDescription[] =>
  [...group.tags].map(([Key, { value, isPropagated }]) => ({
    ResourceId: group.name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value: value,
    PropagateAtLaunch: isPropagated,
  }));

const suspensions = ({ suspended }: Group) =>
  [...suspended].map(([ProcessName, SuspensionReason]) => ({ ProcessName, SuspensionReason }));

/** A group as DescribeAutoScalingGroups shows it. */
export const describeGroup = (group: Group): AutoScalingGroup => ({
  AutoScalingGroupName: group.name,
  AutoScalingGroupARN: group.arn,
  LaunchTemplate: templateOf(group, group.template.version),
  MinSize: group.min,
  MaxSize: group.max,
  DesiredCapacity: group.desired,
  DefaultCooldown: group.cooldown,
  DefaultInstanceWarmup: group.warmup,
  AvailabilityZones: group.zones,
  LoadBalancerNames: [],
  TargetGroupARNs: [],
  HealthCheckType: group.healthCheckType,
  HealthCheckGracePeriod: group.gracePeriod,
  Instances: [...group.members.values()].map((member) => describeMember(group, member)),
  CreatedTime: group.createdAt,
  SuspendedProcesses: suspensions(group),
  VPCZoneIdentifier: group.subnetIds.join(','),
  EnabledMetrics: [],
  Status: group.isDeleting ? 'Delete in progress' : undefined,
  Tags: tagsOf(group),
  TerminationPolicies: group.terminationPolicies,
  NewInstancesProtectedFromScaleIn: group.protectsNew,
  CapacityRebalance: false,
});
