import { describeActivity } from './activities';
import type { Activity, AutoScalingCall, Group, Hook, Member } from './state';

const isLaunching = ({ transition }: Hook) => transition === 'autoscaling:EC2_INSTANCE_LAUNCHING';

const route = (isLaunch: boolean) =>
  isLaunch
    ? { Origin: 'EC2', Destination: 'AutoScalingGroup' }
    : { Origin: 'AutoScalingGroup', Destination: 'EC2' };

/** Detail of a lifecycle action's event, which the hook's target gets, too. */
export const actionDetail = (group: Group, member: Member, hook: Hook) => ({
  LifecycleActionToken: member.action?.token,
  AutoScalingGroupName: group.name,
  LifecycleHookName: hook.name,
  EC2InstanceId: member.id,
  LifecycleTransition: hook.transition,
  ...(hook.metadata === undefined ? {} : { NotificationMetadata: hook.metadata }),
  ...route(isLaunching(hook)),
});

/** Tells the default bus that an instance waits for a hook. */
export function emitAction(
  call: AutoScalingCall,
  { group, member, hook }: { group: Group; member: Member; hook: Hook },
): void {
  call.emit({
    source: 'aws.autoscaling',
    detailType: `EC2 Instance-${isLaunching(hook) ? 'launch' : 'terminate'} Lifecycle Action`,
    resources: [group.arn],
    detail: actionDetail(group, member, hook),
  });
}

interface Outcome {
  group: Group;
  activity: Activity | undefined;
  /** Empty when no instance came of it. */
  instanceId: string;
  detailType: `EC2 Instance ${'Launch' | 'Terminate'} ${'Successful' | 'Unsuccessful'}`;
}

/** Tells the default bus how a launch or a termination went. */
export function emitOutcome(
  call: AutoScalingCall,
  { group, activity, instanceId, detailType }: Outcome,
): void {
  if (!activity) return;
  const told = describeActivity(group, activity);
  const instance = `arn:aws:ec2:${call.region}:${call.accountId}:instance/${instanceId}`;
  call.emit({
    source: 'aws.autoscaling',
    detailType,
    resources: [group.arn, ...(instanceId ? [instance] : [])],
    detail: {
      StatusCode: detailType.endsWith('Unsuccessful') ? 'Failed' : 'InProgress',
      Description: told.Description,
      AutoScalingGroupName: group.name,
      ActivityId: activity.id,
      Details: activity.details,
      RequestId: activity.id,
      StatusMessage: activity.message ?? '',
      StartTime: activity.startedAt.toISOString(),
      EndTime: (activity.endedAt ?? call.now()).toISOString(),
      EC2InstanceId: instanceId,
      Cause: activity.cause,
      ...route(detailType.includes('Launch')),
    },
  });
}
