import { DeleteConflictException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { checkBoundary } from './boundaries';
import { announceChange, refuseProtected, refuseTaken, roleNamed } from './entities';
import { listed, underPath } from './listing';
import { roleInList, roleShape } from './shapes';
import type { IamHandlers, IamState, Role } from './state';
import { addTags, newTags, removeTags } from './tagging';
import { checkTrustPolicy } from './trust-policy';
import { checkRange, checkText } from './validation';

const hour = 3600;

/** Roles and their trust policies. */
export const roles = {
  CreateRole(input, call) {
    const { RoleName: name = '', Path: path = '/', MaxSessionDuration: longest = hour } = input;
    checkText('roleName', name);
    checkText('path', path);
    checkRange('maxSessionDuration', longest, [hour, 12 * hour]);
    refuseTaken(call.state.roles.keys(), name, `Role with name ${name} already exists.`);
    const role: Role = {
      kind: 'role',
      name,
      path,
      id: `AROA${call.random.upper(17)}`,
      createdAt: call.now(),
      trustPolicy: checkTrustPolicy(input.AssumeRolePolicyDocument, call),
      description: input.Description,
      maxSessionDuration: longest,
      boundary: checkBoundary(call.state, input.PermissionsBoundary),
      tags: newTags(input.Tags),
      inline: new Map(),
      attached: new Set(),
    };
    call.state.roles.set(name, role);
    announceChange(call, role, 'CREATE');
    return { Role: roleShape(call.accountId, role) };
  },

  GetRole: ({ RoleName: name }, { state, accountId }) => ({
    Role: roleShape(accountId, roleNamed(state, name)),
  }),

  ListRoles(input, { state, accountId }) {
    const { page, end } = listed(underPath(state.roles.values(), input.PathPrefix), input);
    return { Roles: page.map((role) => roleInList(accountId, role)), ...end };
  },

  UpdateRole({ RoleName: name, Description: text, MaxSessionDuration: longest }, call) {
    // The description is the one thing that may change of a service-linked role.
    const role = longest === undefined ? roleNamed(call.state, name) : changeable(call.state, name);
    if (longest !== undefined) checkRange('maxSessionDuration', longest, [hour, 12 * hour]);
    role.description = text ?? role.description;
    role.maxSessionDuration = longest ?? role.maxSessionDuration;
    announceChange(call, role);
  },

  UpdateRoleDescription({ RoleName: name, Description: text }, call) {
    const role = roleNamed(call.state, name);
    role.description = text;
    announceChange(call, role);
    return { Role: roleShape(call.accountId, role) };
  },

  UpdateAssumeRolePolicy({ RoleName: name, PolicyDocument: document }, call) {
    const role = changeable(call.state, name);
    role.trustPolicy = checkTrustPolicy(document, call);
    announceChange(call, role);
  },

  DeleteRole({ RoleName: name }, call) {
    const role = changeable(call.state, name);
    const conflict = conflictOf(call.state, role);
    if (conflict) throw refuse(DeleteConflictException, `Cannot delete entity, ${conflict} first.`);
    call.state.roles.delete(role.name);
    announceChange(call, role, 'DELETE');
  },

  TagRole({ RoleName: name, Tags: tags }, call) {
    const role = roleNamed(call.state, name);
    addTags(role, tags);
    announceChange(call, role);
  },

  UntagRole({ RoleName: name, TagKeys: keys }, call) {
    const role = roleNamed(call.state, name);
    removeTags(role, keys);
    announceChange(call, role);
  },

  ListRoleTags(input, { state }) {
    const { page, end } = listed(tagList(roleNamed(state, input.RoleName).tags), input);
    return { Tags: page, ...end };
  },
} satisfies IamHandlers;

function changeable(state: IamState, name: string | undefined): Role {
  const role = roleNamed(state, name);
  refuseProtected(role);
  return role;
}

function conflictOf(state: IamState, { name, attached, inline }: Role): string | undefined {
  const inProfile = [...state.instanceProfiles.values()].some(({ role }) => role === name);
  if (inProfile) return 'must remove roles from instance profile';
  if (attached.size > 0) return 'must detach all policies';
  return inline.size > 0 ? 'must delete policies' : undefined;
}
