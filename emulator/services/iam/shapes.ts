import type * as Sdk from '@aws-sdk/client-iam';
import { tagList } from '../../tags';
import { arnIn } from './entities';
import type { Group, IamState, InstanceProfile, ManagedPolicy, Role, User } from './state';

/** Documents travel percent-encoded. */
export const encoded = (document: string): string => encodeURIComponent(document);

const boundaryShape = (arn: string | undefined): Pick<Sdk.Role, 'PermissionsBoundary'> =>
  arn === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
          PermissionsBoundaryArn: arn,
        },
      };

const tagsShape = (tags: Record<string, string>): Pick<Sdk.Role, 'Tags'> =>
  Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {};

/** A role as lists show it: neither tags nor boundary. */
export const roleInList = (accountId: string, role: Role): Sdk.Role => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: arnIn(accountId, 'role', role),
  CreateDate: role.createdAt,
  AssumeRolePolicyDocument: encoded(role.trustPolicy),
  ...(role.description === undefined ? {} : { Description: role.description }),
  MaxSessionDuration: role.maxSessionDuration,
});

export const roleShape = (accountId: string, role: Role): Sdk.Role => ({
  ...roleInList(accountId, role),
  ...boundaryShape(role.boundary),
  ...tagsShape(role.tags),
  RoleLastUsed: {},
});

export const userInList = (accountId: string, user: User): Sdk.User => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: arnIn(accountId, 'user', user),
  CreateDate: user.createdAt,
});

export const userShape = (accountId: string, user: User): Sdk.User => ({
  ...userInList(accountId, user),
  ...boundaryShape(user.boundary),
  ...tagsShape(user.tags),
});

export const groupShape = (accountId: string, group: Group): Sdk.Group => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: arnIn(accountId, 'group', group),
  CreateDate: group.createdAt,
});

/** How often a policy is attached, and how often it is a boundary. */
export function usageOf(state: IamState, arn: string): { attached: number; boundary: number } {
  const bounded = [...state.roles.values(), ...state.users.values()];
  return {
    attached: [...bounded, ...state.groups.values()].filter(({ attached }) => attached.has(arn))
      .length,
    boundary: bounded.filter(({ boundary }) => boundary === arn).length,
  };
}

export function policyInList(state: IamState, policy: ManagedPolicy): Sdk.Policy {
  const { attached, boundary } = usageOf(state, policy.arn);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: boundary,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export const policyShape = (state: IamState, policy: ManagedPolicy): Sdk.Policy => ({
  ...policyInList(state, policy),
  ...(policy.description === undefined ? {} : { Description: policy.description }),
  Tags: tagList(policy.tags),
});

export function profileShape(
  accountId: string,
  state: IamState,
  profile: InstanceProfile,
): Sdk.InstanceProfile {
  const role = state.roles.get(profile.role ?? '');
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: arnIn(accountId, 'instance-profile', profile),
    CreateDate: profile.createdAt,
    Roles: role ? [roleInList(accountId, role)] : [],
    ...tagsShape(profile.tags),
  };
}
