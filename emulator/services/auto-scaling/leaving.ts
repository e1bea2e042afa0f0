import { begin, second } from './activities';
import { activeMembers } from './capacity';
import type { AutoScalingCall, Group, Member } from './state';
import { hooksOf, waitForNext } from './waiting';
import { table } from '../../table';

function causeOf(call: AutoScalingCall, group: Group, { leaving }: Member): string {
  const now = second(call.now());
  if (leaving !== undefined) return `At ${now} ${leaving}`;
  const before = activeMembers(group).length;
  return `${group.reason}  At ${now} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${before} to ${before - 1}.`;
}

/** Opens the activity of an instance that goes. */
export function openLeaving(call: AutoScalingCall, group: Group, member: Member): void {
  member.activityId = begin(call, group, {
    description: `Terminating EC2 instance: ${member.id}`,
    cause: causeOf(call, group, member),
    place: member,
  }).id;
}

/** Takes an instance out of service: its termination hooks first, then ec2 is told. */
export function leave(call: AutoScalingCall, group: Group, member: Member): void {
  openLeaving(call, group, member);
  member.lifecycle = 'Terminating';
  member.hooksLeft = hooksOf(group, 'autoscaling:EC2_INSTANCE_TERMINATING');
  if (!waitForNext(call, group, member)) member.lifecycle = 'Terminating:Proceed';
}

type Order = (one: Member, other: Member) => number;

const oldest: Order = (one, other) => one.launchedAt.getTime() - other.launchedAt.getTime();

const oldestTemplate: Order = (one, other) =>
  Number(one.templateVersion) - Number(other.templateVersion);

const orders: Record<string, Order[]> = table({
  Default: [oldestTemplate, oldest],
  OldestLaunchTemplate: [oldestTemplate],
  OldestInstance: [oldest],
  NewestInstance: [(one, other) => oldest(other, one)],
});

/** The termination policies that are emulated. */
export const terminationPolicies = Object.keys(orders);

function inFullestZone(members: Member[]): Member[] {
  const load = (zone: string) => members.filter((each) => each.zone === zone).length;
  const most = Math.max(...members.map(({ zone }) => load(zone)));
  return members.filter(({ zone }) => load(zone) === most);
}

/** The instance that goes next: of the fullest zone, not protected, by the group's policies. */
export function nextToLeave(group: Group): Member | undefined {
  const members = activeMembers(group);
  const candidates = inFullestZone(members).filter((each) => !each.isProtected);
  const free = candidates.length ? candidates : members.filter((each) => !each.isProtected);
  const order = group.terminationPolicies.flatMap((name) => orders[name] ?? []);
  return free.toSorted((one, other) => {
    for (const by of order) {
      const difference = by(one, other);
      if (difference !== 0) return difference;
    }
    return 0;
  })[0];
}
