import {
  DeleteConflictException,
  LimitExceededException,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { profileNamed, refuseTaken, roleNamed } from './entities';
import { listed, underPath } from './listing';
import { profileShape } from './shapes';
import type { IamCall, IamHandlers, InstanceProfile } from './state';
import { addTags, newTags, removeTags } from './tagging';
import { checkText } from './validation';

/** Instance profiles: the one role that an instance may have. */
export const instanceProfiles = {
  CreateInstanceProfile({ InstanceProfileName: name = '', Path: path = '/', Tags: tags }, call) {
    checkText('instanceProfileName', name);
    checkText('path', path);
    const { instanceProfiles: known } = call.state;
    refuseTaken(known.keys(), name, `Instance Profile ${name} already exists.`);
    const profile: InstanceProfile = {
      name,
      path,
      id: `AIPA${call.random.upper(17)}`,
      createdAt: call.now(),
      tags: newTags(tags),
    };
    known.set(name, profile);
    announceProfile(call, profile, 'CREATE');
    return { InstanceProfile: profileShape(call.accountId, call.state, profile) };
  },

  GetInstanceProfile: ({ InstanceProfileName: name }, { state, accountId }) => ({
    InstanceProfile: profileShape(accountId, state, profileNamed(state, name)),
  }),

  ListInstanceProfiles(input, { state, accountId }) {
    const found = underPath(state.instanceProfiles.values(), input.PathPrefix);
    const { page, end } = listed(found, input);
    return {
      InstanceProfiles: page.map((profile) => profileShape(accountId, state, profile)),
      ...end,
    };
  },

  ListInstanceProfilesForRole(input, { state, accountId }) {
    const { name } = roleNamed(state, input.RoleName);
    const using = [...state.instanceProfiles.values()].filter(({ role }) => role === name);
    const { page, end } = listed(using, input);
    return {
      InstanceProfiles: page.map((profile) => profileShape(accountId, state, profile)),
      ...end,
    };
  },

  AddRoleToInstanceProfile({ InstanceProfileName: name, RoleName: roleName }, call) {
    const profile = profileNamed(call.state, name);
    const role = roleNamed(call.state, roleName);
    if (profile.role !== undefined)
      throw refuse(
        LimitExceededException,
        'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
      );
    profile.role = role.name;
    announceProfile(call, profile);
  },

  RemoveRoleFromInstanceProfile({ InstanceProfileName: name, RoleName: roleName }, call) {
    const profile = profileNamed(call.state, name);
    if (profile.role === undefined || profile.role !== roleName)
      throw refuse(NoSuchEntityException, `The role with name ${roleName} cannot be found.`);
    profile.role = undefined;
    announceProfile(call, profile);
  },

  DeleteInstanceProfile({ InstanceProfileName: name }, call) {
    const profile = profileNamed(call.state, name);
    if (profile.role !== undefined)
      throw refuse(
        DeleteConflictException,
        'Cannot delete entity, must remove roles from instance profile first.',
      );
    call.state.instanceProfiles.delete(profile.name);
    announceProfile(call, profile, 'DELETE');
  },

  TagInstanceProfile({ InstanceProfileName: name, Tags: tags }, call) {
    addTags(profileNamed(call.state, name), tags);
  },

  UntagInstanceProfile({ InstanceProfileName: name, TagKeys: keys }, call) {
    removeTags(profileNamed(call.state, name), keys);
  },

  ListInstanceProfileTags(input, { state }) {
    const profile = profileNamed(state, input.InstanceProfileName);
    const { page, end } = listed(tagList(profile.tags), input);
    return { Tags: page, ...end };
  },
} satisfies IamHandlers;

const announceProfile = (
  call: IamCall,
  { name }: InstanceProfile,
  kind: 'CREATE' | 'UPDATE' | 'DELETE' = 'UPDATE',
): void => call.announce({ kind, type: 'AWS::IAM::InstanceProfile', id: name });
