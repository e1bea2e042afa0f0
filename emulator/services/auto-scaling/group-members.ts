/**
 * What groups honour, under names that the API and the CloudFormation type have in common; the
 * cooldown has another name in each.
 */
export const groupMembers = [
  'AutoScalingGroupName',
  'AvailabilityZones',
  'DefaultInstanceWarmup',
  'DesiredCapacity',
  'HealthCheckGracePeriod',
  'HealthCheckType',
  'LaunchTemplate',
  'LifecycleHookSpecificationList',
  'MaxSize',
  'MinSize',
  'NewInstancesProtectedFromScaleIn',
  'Tags',
  'TerminationPolicies',
  'VPCZoneIdentifier',
] as const;
