import { DeleteConflictException } from '@aws-sdk/client-iam';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { checkBoundary } from './boundaries';
import { announceChange, refuseTaken, userNamed } from './entities';
import { listed, underPath } from './listing';
import { userInList, userShape } from './shapes';
import type { IamCall, IamHandlers, IamState, User } from './state';
import { addTags, newTags, removeTags } from './tagging';
import { checkText } from './validation';

/** Users, without console passwords or MFA. */
export const users = {
  CreateUser(input, call) {
    const { UserName: name = '', Path: path = '/' } = input;
    checkText('userName', name);
    checkText('path', path);
    refuseTaken(call.state.users.keys(), name, `User with name ${name} already exists.`);
    const user: User = {
      kind: 'user',
      name,
      path,
      id: `AIDA${call.random.upper(17)}`,
      createdAt: call.now(),
      boundary: checkBoundary(call.state, input.PermissionsBoundary),
      tags: newTags(input.Tags),
      inline: new Map(),
      attached: new Set(),
      accessKeys: [],
    };
    call.state.users.set(name, user);
    announceChange(call, user, 'CREATE');
    return { User: userShape(call.accountId, user) };
  },

  GetUser({ UserName: name }, call) {
    if (name === undefined && call.principal.type === 'root')
      return {
        User: {
          Path: '/',
          UserName: undefined,
          UserId: call.accountId,
          Arn: call.principal.arn,
          CreateDate: undefined,
        },
      };
    return { User: userShape(call.accountId, namedOrCaller(call, name)) };
  },

  ListUsers(input, { state, accountId }) {
    const { page, end } = listed(underPath(state.users.values(), input.PathPrefix), input);
    return { Users: page.map((user) => userInList(accountId, user)), ...end };
  },

  DeleteUser({ UserName: name }, call) {
    const user = userNamed(call.state, name);
    const conflict = conflictOf(call.state, user);
    if (conflict) throw refuse(DeleteConflictException, `Cannot delete entity, ${conflict} first.`);
    call.state.users.delete(user.name);
    announceChange(call, user, 'DELETE');
  },

  TagUser({ UserName: name, Tags: tags }, call) {
    const user = userNamed(call.state, name);
    addTags(user, tags);
    announceChange(call, user);
  },

  UntagUser({ UserName: name, TagKeys: keys }, call) {
    const user = userNamed(call.state, name);
    removeTags(user, keys);
    announceChange(call, user);
  },

  ListUserTags(input, { state }) {
    const { page, end } = listed(tagList(userNamed(state, input.UserName).tags), input);
    return { Tags: page, ...end };
  },
} satisfies IamHandlers;

/** Several operations are about the caller when no user is named. */
export function namedOrCaller({ state, principal }: IamCall, name: string | undefined): User {
  if (name !== undefined) return userNamed(state, name);
  if (principal.type !== 'user')
    throw awsError(
      'ValidationError',
      'Must specify userName when calling with non-User credentials',
    );
  return userNamed(state, principal.userName);
}

function conflictOf(state: IamState, user: User): string | undefined {
  const inGroup = [...state.groups.values()].some(({ members }) => members.has(user.name));
  if (inGroup) return 'must remove users from group';
  if (user.attached.size > 0) return 'must detach all policies';
  if (user.inline.size > 0) return 'must delete policies';
  return user.accessKeys.length > 0 ? 'must delete access keys' : undefined;
}
