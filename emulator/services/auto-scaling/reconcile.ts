import type { InstanceStateName } from '@aws-sdk/client-ec2';
import { activityOf, end } from './activities';
import { activeMembers, runs } from './capacity';
import { emitOutcome } from './events';
import { ec2Of, launch } from './launching';
import { leave, nextToLeave, openLeaving } from './leaving';
import { type AutoScalingCall, changed, type Group, groupType, type Member } from './state';
import { waitForNext } from './waiting';

type States = Map<string, InstanceStateName>;

async function statesOf(call: AutoScalingCall, group: Group): Promise<States> {
  if (group.members.size === 0) return new Map();
  const { Reservations = [] } = await ec2Of(call).describeInstances({
    Filters: [{ Name: 'instance-id', Values: [...group.members.keys()] }],
  });
  return new Map(
    Reservations.flatMap(({ Instances = [] }) => Instances).map(({ InstanceId = '', State }) => [
      InstanceId,
      State?.Name ?? 'terminated',
    ]),
  );
}

function enterService(call: AutoScalingCall, group: Group, member: Member) {
  member.lifecycle = 'InService';
  member.inServiceAt = call.now();
  const activity = activityOf(group, member);
  end(call, activity, { status: 'Successful' });
  const detailType = 'EC2 Instance Launch Successful';
  emitOutcome(call, { group, activity, instanceId: member.id, detailType });
  group.coolUntil = new Date(call.now().getTime() + group.cooldown * 1000);
}

function loseLaunch(call: AutoScalingCall, group: Group, member: Member) {
  const activity = activityOf(group, member);
  end(call, activity, {
    status: 'Failed',
    message: 'Instance became unhealthy while waiting for instance to be in InService state.',
  });
  const detailType = 'EC2 Instance Launch Unsuccessful';
  emitOutcome(call, { group, activity, instanceId: member.id, detailType });
  group.members.delete(member.id);
}

function depart(call: AutoScalingCall, group: Group, member: Member) {
  const activity = activityOf(group, member);
  end(call, activity, { status: 'Successful' });
  const detailType = 'EC2 Instance Terminate Successful';
  emitOutcome(call, { group, activity, instanceId: member.id, detailType });
  group.members.delete(member.id);
}

type Progress = (
  call: AutoScalingCall,
  group: Group,
  seen: { member: Member; state: InstanceStateName },
) => void | Promise<void>;

const isLost = (state: InstanceStateName) => state !== 'running' && state !== 'pending';

const progress: Partial<Record<Member['lifecycle'], Progress>> = {
  Pending(call, group, { member, state }) {
    if (isLost(state)) loseLaunch(call, group, member);
    else if (state === 'running' && !waitForNext(call, group, member))
      enterService(call, group, member);
  },
  'Pending:Proceed'(call, group, { member }) {
    enterService(call, group, member);
  },
  InService(_call, group, { member, state }) {
    if (isLost(state) && runs(group, 'HealthCheck')) member.isHealthy = false;
  },
  async 'Terminating:Proceed'(call, group, { member, state }) {
    if (state === 'terminated') return depart(call, group, member);
    if (state === 'shutting-down') return;
    // The activity of an abandoned launch is over, and this is another one.
    if (activityOf(group, member)?.endedAt) openLeaving(call, group, member);
    await ec2Of(call).terminateInstances({ InstanceIds: [member.id] });
  },
};

function replaceUnhealthy(call: AutoScalingCall, group: Group) {
  if (!runs(group, 'ReplaceUnhealthy') || !runs(group, 'Terminate')) return;
  for (const member of group.members.values())
    if (!member.isHealthy && member.lifecycle === 'InService') {
      member.leaving =
        'an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.';
      leave(call, group, member);
      changed(call, group);
    }
}

function shrink(call: AutoScalingCall, group: Group) {
  const surplus = activeMembers(group).length - group.desired;
  for (let left = surplus; left > 0 && runs(group, 'Terminate'); left -= 1) {
    const member = nextToLeave(group);
    if (!member) return;
    leave(call, group, member);
    changed(call, group);
  }
}

async function grow(call: AutoScalingCall, group: Group) {
  const isOn = () => !group.isStuck && !group.isDeleting && runs(group, 'Launch');
  while (isOn() && activeMembers(group).length < group.desired)
    if (!(await launch(call, group))) return;
}

/** A group that is deleted by force is gone with its last instance. */
function vanish(call: AutoScalingCall, group: Group) {
  if (!group.isDeleting || group.members.size > 0) return;
  call.state.groups.delete(group.name);
  call.announce({ kind: 'DELETE', type: groupType, id: group.name });
}

/**
 * Brings a group and ec2 in line, one step further. It runs in the service's own listener, which
 * hears one change after the other, so that no instance is launched twice.
 */
export async function reconcile(call: AutoScalingCall, group: Group): Promise<void> {
  const states = await statesOf(call, group);
  for (const member of Array.from(group.members.values())) {
    const state = states.get(member.id) ?? 'terminated';
    await progress[member.lifecycle]?.(call, group, { member, state });
  }
  replaceUnhealthy(call, group);
  shrink(call, group);
  await grow(call, group);
  vanish(call, group);
}
