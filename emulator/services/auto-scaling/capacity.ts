import { second } from './activities';
import { invalid } from './find';
import { type AutoScalingCall, changed, type Group, type Member } from './state';

const onTheirWay = ['Pending', 'Pending:Wait', 'Pending:Proceed', 'InService'];

/** Whether a member counts towards the capacity that is wanted. */
const isActive = ({ lifecycle }: Member): boolean => onTheirWay.includes(lifecycle);

/** The members that count towards the capacity. */
export const activeMembers = (group: Group): Member[] =>
  [...group.members.values()].filter(isActive);

/** Whether a process of the group is not suspended. */
export const runs = (group: Group, process: string): boolean => !group.suspended.has(process);

/** Whether the cooldown of the last scaling is still on. */
export const isCooling = (group: Group, now: Date): boolean =>
  group.coolUntil !== undefined && now < group.coolUntil;

/** Refuses a capacity outside the group's bounds, in AWS's words. */
export function checkDesired(group: Group, desired: number): void {
  if (desired > group.max)
    throw invalid(
      `New SetDesiredCapacity value ${desired} is above max value ${group.max} for the AutoScalingGroup.`,
    );
  if (desired < group.min)
    throw invalid(
      `New SetDesiredCapacity value ${desired} is below min value ${group.min} for the AutoScalingGroup.`,
    );
}

/** Sets the capacity that is wanted; `why` fits behind "At <time> ". */
export function want(
  call: AutoScalingCall,
  group: Group,
  { desired, why }: { desired: number; why: string },
): void {
  group.reason = `At ${second(call.now())} ${why} changing the desired capacity from ${group.desired} to ${desired}.`;
  group.desired = desired;
  group.isStuck = false;
  changed(call, group);
}
