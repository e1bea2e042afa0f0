import { awsError } from '../../errors';
import type { AutoScalingCall, Group, Hook, Member } from './state';

/** AWS's answer to a value that it does not take. */
export const invalid = (message: string) => awsError('ValidationError', message);

/** AWS's answer to what this emulator leaves out. */
export const notEmulated = (what: string) => invalid(`${what} is not emulated`);

/** The group of that name, or AWS's error, whose words are not the same for every operation. */
export function groupBy(
  { state }: AutoScalingCall,
  name: string | undefined,
  absent = `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`,
): Group {
  const group = state.groups.get(name ?? '');
  if (group) return group;
  throw invalid(absent);
}

/** The group that an instance belongs to, with the instance as its member. */
export function memberBy({ state }: AutoScalingCall, id: string | undefined): [Group, Member] {
  for (const group of state.groups.values()) {
    const member = group.members.get(id ?? '');
    if (member) return [group, member];
  }
  throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
}

/** The members of those ids, all of one group. */
export const membersOf = (group: Group, ids: string[] | undefined): Member[] =>
  (ids ?? []).map((id) => {
    const member = group.members.get(id);
    if (member) return member;
    throw invalid(`The instance ${id} is not part of Auto Scaling group ${group.name}.`);
  });

/** The hook of that name, or AWS's error. */
export function hookBy(group: Group, name: string | undefined): Hook {
  const hook = group.hooks.get(name ?? '');
  if (hook) return hook;
  throw invalid(`No Lifecycle Hook found with name: ${name}`); // text unverified
}
