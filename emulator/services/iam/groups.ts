import { DeleteConflictException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { announceChange, groupNamed, refuseTaken, userNamed } from './entities';
import { listed, underPath } from './listing';
import { groupShape, userInList } from './shapes';
import type { Group, IamHandlers } from './state';
import { checkText } from './validation';

/** Groups and who is in them. */
export const groups = {
  CreateGroup({ GroupName: name = '', Path: path = '/' }, call) {
    checkText('groupName', name);
    checkText('path', path);
    refuseTaken(call.state.groups.keys(), name, `Group with name ${name} already exists.`);
    const group: Group = {
      kind: 'group',
      name,
      path,
      id: `AGPA${call.random.upper(17)}`,
      createdAt: call.now(),
      inline: new Map(),
      attached: new Set(),
      members: new Set(),
    };
    call.state.groups.set(name, group);
    announceChange(call, group, 'CREATE');
    return { Group: groupShape(call.accountId, group) };
  },

  GetGroup(input, { state, accountId }) {
    const group = groupNamed(state, input.GroupName);
    const members = [...group.members].map((name) => userNamed(state, name));
    const { page, end } = listed(members, input);
    return {
      Group: groupShape(accountId, group),
      Users: page.map((user) => userInList(accountId, user)),
      ...end,
    };
  },

  ListGroups(input, { state, accountId }) {
    const { page, end } = listed(underPath(state.groups.values(), input.PathPrefix), input);
    return { Groups: page.map((group) => groupShape(accountId, group)), ...end };
  },

  ListGroupsForUser(input, { state, accountId }) {
    const { name } = userNamed(state, input.UserName);
    const joined = [...state.groups.values()].filter(({ members }) => members.has(name));
    const { page, end } = listed(underPath(joined), input);
    return { Groups: page.map((group) => groupShape(accountId, group)), ...end };
  },

  AddUserToGroup({ GroupName: name, UserName: userName }, call) {
    const group = groupNamed(call.state, name);
    group.members.add(userNamed(call.state, userName).name);
    announceChange(call, group);
  },

  RemoveUserFromGroup({ GroupName: name, UserName: userName }, call) {
    const group = groupNamed(call.state, name);
    group.members.delete(userNamed(call.state, userName).name);
    announceChange(call, group);
  },

  DeleteGroup({ GroupName: name }, call) {
    const group = groupNamed(call.state, name);
    const conflict = conflictOf(group);
    if (conflict) throw refuse(DeleteConflictException, `Cannot delete entity, ${conflict} first.`);
    call.state.groups.delete(group.name);
    announceChange(call, group, 'DELETE');
  },
} satisfies IamHandlers;

function conflictOf({ members, attached, inline }: Group): string | undefined {
  if (members.size > 0) return 'must remove users from group';
  if (attached.size > 0) return 'must detach all policies';
  return inline.size > 0 ? 'must delete policies' : undefined;
}
