import { announceChange, groupNamed, refuseTaken, userNamed } from './entities';
import type { Group, IamCall, IamHandlers, User } from './state';
import { checkText } from './validation';

/** New names and paths of users and groups; everything else stays theirs. */
export const renaming = {
  UpdateUser({ UserName: name, NewUserName: newName, NewPath: path }, call) {
    const { users, groups } = call.state;
    const user = userNamed(call.state, name);
    const before = user.name;
    move(user, { newName, path, named: 'userName', among: users }, call);
    for (const { members } of groups.values()) {
      if (user.name !== before && members.delete(before)) members.add(user.name);
    }
  },

  UpdateGroup({ GroupName: name, NewGroupName: newName, NewPath: path }, call) {
    const { groups } = call.state;
    move(groupNamed(call.state, name), { newName, path, named: 'groupName', among: groups }, call);
  },
} satisfies IamHandlers;

interface Move<T> {
  newName: string | undefined;
  path: string | undefined;
  /** What the name is called in a refusal. */
  named: 'userName' | 'groupName';
  among: Map<string, T>;
}

function move<T extends User | Group>(
  holder: T,
  { newName = holder.name, path = holder.path, named, among }: Move<T>,
  call: IamCall,
): void {
  checkText(named, newName);
  checkText('path', path);
  const noun = holder.kind === 'user' ? 'User' : 'Group';
  const others = [...among.keys()].filter((name) => name !== holder.name);
  refuseTaken(others, newName, `${noun} with name ${newName} already exists.`);
  holder.path = path;
  if (newName === holder.name) return announceChange(call, holder);
  announceChange(call, holder, 'DELETE');
  among.delete(holder.name);
  holder.name = newName;
  among.set(newName, holder);
  announceChange(call, holder, 'CREATE');
}
