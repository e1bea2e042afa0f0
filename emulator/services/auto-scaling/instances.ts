import { ScalingActivityInProgressFault } from '@aws-sdk/client-auto-scaling';
import { refuse } from '../../refuse';
import { activityOf, begin, describeActivity, end, second } from './activities';
import { checkDesired, isCooling, want } from './capacity';
import { describeAlone } from './describe-group';
import { groupBy, invalid, memberBy, membersOf } from './find';
import { leave } from './leaving';
import { pageOf } from './pages';
import {
  type AutoScalingCall,
  type AutoScalingHandlers,
  changed,
  type Group,
  type Member,
} from './state';

interface Decrement {
  count: number;
  /** AWS's words where the group may not become as small. */
  refusal: string;
}

/** Fewer are wanted, so that nothing takes the instances' place. */
function decrement(call: AutoScalingCall, group: Group, { count, refusal }: Decrement): void {
  const desired = group.desired - count;
  if (desired < group.min) throw invalid(refusal);
  want(call, group, { desired, why: 'a user request took instances out of service' });
}

const noTermination = ({ min }: Group) =>
  `Currently, desiredSize equals minSize (${min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`;

/** `To detach 1 instance, please update …` */
const noRoom = ({ name, min, max, desired }: Group, what: string, count: number) =>
  `AutoScalingGroup ${name} has min-size=${min}, max-size=${max}, and desired-size=${desired}. To ${what} ${count} instance${count === 1 ? '' : 's'}, please update the AutoScalingGroup sizes appropriately.`;

function moveActivity(
  call: AutoScalingCall,
  group: Group,
  moved: { member: Member; description: string; verb: string },
) {
  const cause = `At ${second(call.now())} instance ${moved.member.id} was ${moved.verb} in response to a user request.`;
  const { description, member } = moved;
  const activity = begin(call, group, { description, cause, place: member });
  end(call, activity, { status: 'Successful' });
  return describeActivity(group, activity);
}

function require(members: Member[], ...lifecycles: Member['lifecycle'][]): void {
  const wrong = members.find(({ lifecycle }) => !lifecycles.includes(lifecycle));
  if (wrong) throw invalid(`The instance ${wrong.id} is not in ${lifecycles.join(' or ')}.`);
}

export const instances = {
  SetDesiredCapacity({ AutoScalingGroupName, DesiredCapacity = 0, HonorCooldown }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    checkDesired(group, DesiredCapacity);
    if (HonorCooldown && isCooling(group, call.now()))
      throw refuse(
        ScalingActivityInProgressFault,
        `Scaling activity ${group.activities[0]?.id} is in progress and blocks this action`,
      );
    if (DesiredCapacity === group.desired) return;
    const why = 'a user request explicitly set group desired capacity';
    want(call, group, { desired: DesiredCapacity, why });
  },

  DescribeAutoScalingInstances({ InstanceIds: ids, ...input }, call) {
    const found = [...call.state.groups.values()]
      .flatMap((group) => [...group.members.values()].map((each) => describeAlone(group, each)))
      .filter(({ InstanceId = '' }) => !ids?.length || ids.includes(InstanceId));
    const { page, next } = pageOf(found, input, { usual: 50, most: 50 });
    return { AutoScalingInstances: page, NextToken: next };
  },

  TerminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity }, call) {
    const [group, member] = memberBy(call, InstanceId);
    if (ShouldDecrementDesiredCapacity)
      decrement(call, group, { count: 1, refusal: noTermination(group) });
    if (!member.lifecycle.startsWith('Terminating')) {
      const now = second(call.now());
      member.leaving = `instance ${member.id} was taken out of service in response to a user request.`;
      end(call, activityOf(group, member), { status: 'Cancelled' });
      leave(call, group, member);
      group.reason = `At ${now} an instance was terminated by a user request.`;
    }
    changed(call, group);
    const activity = activityOf(group, member);
    return { Activity: activity && describeActivity(group, activity) };
  },

  SetInstanceHealth({ InstanceId, HealthStatus, ShouldRespectGracePeriod = true }, call) {
    const [group, member] = memberBy(call, InstanceId);
    if (HealthStatus !== 'Healthy' && HealthStatus !== 'Unhealthy')
      throw invalid("Valid instance health states are: ['Healthy', 'Unhealthy']."); // text unverified
    const graceUntil = (member.inServiceAt ?? call.now()).getTime() + group.gracePeriod * 1000;
    if (ShouldRespectGracePeriod && call.now().getTime() < graceUntil) return;
    member.isHealthy = HealthStatus === 'Healthy';
    changed(call, group);
  },

  SetInstanceProtection({ InstanceIds, AutoScalingGroupName, ProtectedFromScaleIn = false }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const members = membersOf(group, InstanceIds);
    require(members, 'InService', 'EnteringStandby', 'Standby');
    for (const member of members) member.isProtected = ProtectedFromScaleIn;
    changed(call, group);
  },

  EnterStandby({ InstanceIds, AutoScalingGroupName, ShouldDecrementDesiredCapacity }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const members = membersOf(group, InstanceIds);
    const count = members.length;
    require(members, 'InService');
    if (ShouldDecrementDesiredCapacity)
      decrement(call, group, { count, refusal: noRoom(group, 'place into standby', count) });
    for (const member of members) member.lifecycle = 'Standby';
    changed(call, group);
    return {
      Activities: members.map((member) =>
        moveActivity(call, group, {
          member,
          description: `Moving EC2 instance to Standby: ${member.id}`,
          verb: 'moved to standby',
        }),
      ),
    };
  },

  ExitStandby({ InstanceIds, AutoScalingGroupName }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const members = membersOf(group, InstanceIds);
    require(members, 'Standby');
    const desired = group.desired + members.length;
    checkDesired(group, desired);
    for (const member of members) member.lifecycle = 'InService';
    want(call, group, { desired, why: 'instances were moved out of standby' });
    return {
      Activities: members.map((member) =>
        moveActivity(call, group, {
          member,
          description: `Moving EC2 instance out of Standby: ${member.id}`,
          verb: 'moved out of standby',
        }),
      ),
    };
  },

  DetachInstances({ InstanceIds, AutoScalingGroupName, ShouldDecrementDesiredCapacity }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    const members = membersOf(group, InstanceIds);
    const count = members.length;
    require(members, 'InService', 'Standby');
    if (ShouldDecrementDesiredCapacity)
      decrement(call, group, { count, refusal: noRoom(group, 'detach', count) });
    const Activities = members.map((member) =>
      moveActivity(call, group, {
        member,
        description: `Detaching EC2 instance: ${member.id}`,
        verb: 'detached',
      }),
    );
    for (const { id } of members) group.members.delete(id);
    changed(call, group);
    return { Activities };
  },
} satisfies AutoScalingHandlers;
