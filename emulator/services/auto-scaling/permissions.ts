import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Permission, Requirements } from '../../service';
import type { AutoScalingCall, AutoScalingState } from './state';

const anyGroup = ({ arn }: AutoScalingCall, name: string) =>
  arn(`autoScalingGroup:*:autoScalingGroupName/${name}`);

function onName(name: string | undefined, call: AutoScalingCall): Permission {
  const resource = call.state.groups.get(name ?? '')?.arn ?? anyGroup(call, name ?? '*');
  return { action: `autoscaling:${call.operation}`, resources: [resource] };
}

const onGroup = (
  { AutoScalingGroupName }: { AutoScalingGroupName?: string | undefined },
  call: AutoScalingCall,
) => onName(AutoScalingGroupName, call);

function onInstance(
  { InstanceId = '' }: { InstanceId?: string | undefined },
  call: AutoScalingCall,
) {
  const group = [...call.state.groups.values()].find(({ members }) => members.has(InstanceId));
  return onName(group?.name, call);
}

function onPolicy(
  input: { AutoScalingGroupName?: string | undefined; PolicyName: string | undefined },
  call: AutoScalingCall,
) {
  const byArn = /autoScalingGroupName\/([^:]+):policyName/.exec(input.PolicyName ?? '')?.[1];
  return onName(input.AutoScalingGroupName ?? byArn, call);
}

const onTags = (
  { Tags = [] }: { Tags: { ResourceId?: string | undefined }[] | undefined },
  call: AutoScalingCall,
) => Tags.map(({ ResourceId }) => onName(ResourceId, call));

/** What IAM is asked; what describes knows no resource and stays with `*`. */
export const permissions: Requirements<AutoScaling, AutoScalingState> = {
  CompleteLifecycleAction: onGroup,
  CreateAutoScalingGroup: onGroup,
  CreateOrUpdateTags: onTags,
  DeleteAutoScalingGroup: onGroup,
  DeleteLifecycleHook: onGroup,
  DeletePolicy: onPolicy,
  DeleteTags: onTags,
  DetachInstances: onGroup,
  EnterStandby: onGroup,
  ExecutePolicy: onPolicy,
  ExitStandby: onGroup,
  PutLifecycleHook: onGroup,
  PutScalingPolicy: onGroup,
  RecordLifecycleActionHeartbeat: onGroup,
  ResumeProcesses: onGroup,
  SetDesiredCapacity: onGroup,
  SetInstanceHealth: onInstance,
  SetInstanceProtection: onGroup,
  SuspendProcesses: onGroup,
  TerminateInstanceInAutoScalingGroup: onInstance,
  UpdateAutoScalingGroup: onGroup,
};
