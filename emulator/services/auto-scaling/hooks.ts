import {
  type CompleteLifecycleActionType,
  type LifecycleHook as Described,
  type LifecycleHookSpecification,
  LimitExceededFault,
} from '@aws-sdk/client-auto-scaling';
import { refuse } from '../../refuse';
import { groupBy, hookBy, invalid } from './find';
import {
  type AutoScalingCall,
  type AutoScalingHandlers,
  changed,
  type Group,
  type Hook,
  type Member,
  type Transition,
} from './state';
import { beat, complete, globalTimeout, tell } from './waiting';

const most = 50;

const transitions: Transition[] = [
  'autoscaling:EC2_INSTANCE_LAUNCHING',
  'autoscaling:EC2_INSTANCE_TERMINATING',
];

const isTransition = (text: string | undefined): text is Transition =>
  transitions.some((each) => each === text);

function checkedTransition(transition: string | undefined): Transition {
  if (!isTransition(transition)) throw invalid(`Invalid Lifecycle Transition: ${transition}`); // text unverified
  return transition;
}

function checkedHeartbeat(seconds = 3600): number {
  if (seconds >= 30 && seconds <= 7200) return seconds;
  throw invalid('Heartbeat Timeout must be between 30 and 7200 seconds.'); // text unverified
}

function checkedResult(result = 'ABANDON') {
  if (result === 'CONTINUE' || result === 'ABANDON') return result;
  throw invalid(`Invalid Lifecycle Action Result: ${result}`); // text unverified
}

const given = ({
  NotificationTargetARN,
  RoleARN,
  NotificationMetadata,
}: LifecycleHookSpecification) =>
  Object.fromEntries(
    Object.entries({
      targetArn: NotificationTargetARN,
      roleArn: RoleARN,
      metadata: NotificationMetadata,
    }).filter(([, value]) => value),
  );

/** A hook as it is put: what the request leaves out stays as it was, or is AWS's default. */
export const hookOf = (input: LifecycleHookSpecification, before?: Hook): Hook => ({
  ...before,
  name: input.LifecycleHookName ?? '',
  transition: checkedTransition(input.LifecycleTransition ?? before?.transition),
  heartbeat: checkedHeartbeat(input.HeartbeatTimeout ?? before?.heartbeat),
  defaultResult: checkedResult(input.DefaultResult ?? before?.defaultResult),
  ...given(input),
});

const describe = (group: Group, hook: Hook): Described => ({
  LifecycleHookName: hook.name,
  AutoScalingGroupName: group.name,
  LifecycleTransition: hook.transition,
  NotificationTargetARN: hook.targetArn,
  RoleARN: hook.roleArn,
  NotificationMetadata: hook.metadata,
  HeartbeatTimeout: hook.heartbeat,
  GlobalTimeout: globalTimeout(hook),
  DefaultResult: hook.defaultResult,
});

type Named = Pick<
  CompleteLifecycleActionType,
  'AutoScalingGroupName' | 'LifecycleHookName' | 'LifecycleActionToken' | 'InstanceId'
>;

/** The instance that waits for a hook, by the action's token or its own id. */
function waiting(call: AutoScalingCall, input: Named): { group: Group; member: Member } {
  const group = groupBy(call, input.AutoScalingGroupName);
  const hook = hookBy(group, input.LifecycleHookName);
  const { LifecycleActionToken: token, InstanceId: id } = input;
  const member = [...group.members.values()].find(
    (each) =>
      each.action?.hook === hook.name && (token ? each.action.token === token : each.id === id),
  );
  if (member) return { group, member };
  throw invalid(
    token
      ? `No active Lifecycle Action found with token ${token}`
      : `No active Lifecycle Action found with instance ID ${id}`,
  );
}

export const hooks = {
  PutLifecycleHook(input, call) {
    const group = groupBy(call, input.AutoScalingGroupName);
    const { LifecycleTransition, LifecycleHookName: name = '' } = input;
    const before = group.hooks.get(name);
    if (!before && group.hooks.size >= most)
      throw refuse(LimitExceededFault, `You have reached the limit of ${most} lifecycle hooks.`); // text unverified
    const hook = hookOf({ ...input, LifecycleTransition } as LifecycleHookSpecification, before);
    group.hooks.set(name, hook);
    changed(call, group);
    tell(call, hook, {
      Event: 'autoscaling:TEST_NOTIFICATION',
      Service: 'AWS Auto Scaling',
      Time: call.now().toISOString(),
      AccountId: call.accountId,
      RequestId: call.requestId,
      AutoScalingGroupARN: group.arn,
      AutoScalingGroupName: group.name,
    });
  },

  DescribeLifecycleHooks({ AutoScalingGroupName, LifecycleHookNames: names }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const found = [...group.hooks.values()].filter(
      ({ name }) => !names?.length || names.includes(name),
    );
    return { LifecycleHooks: found.map((hook) => describe(group, hook)) };
  },

  DescribeLifecycleHookTypes: () => ({ LifecycleHookTypes: [...transitions] }),

  /** Instances that wait for it go on as if it had been completed with CONTINUE. */
  DeleteLifecycleHook({ AutoScalingGroupName, LifecycleHookName }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const { name } = hookBy(group, LifecycleHookName);
    group.hooks.delete(name);
    for (const member of group.members.values())
      if (member.action?.hook === name)
        complete(call, { group, member, result: 'CONTINUE', why: 'Lifecycle hook deleted' });
    changed(call, group);
  },

  CompleteLifecycleAction({ LifecycleActionResult, ...input }, call) {
    const result = checkedResult(LifecycleActionResult);
    const why = `Lifecycle Action Completed with ${result} Result`;
    complete(call, { ...waiting(call, input), result, why });
  },

  RecordLifecycleActionHeartbeat(input, call) {
    const { group, member } = waiting(call, input);
    beat(call, group, member);
  },
} satisfies AutoScalingHandlers;
