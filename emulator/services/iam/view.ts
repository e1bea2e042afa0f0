import type { Resource } from '../../changes/resource';
import { tagList } from '../../tags';
import { arnIn } from './entities';
import { defaultDocument } from './identity-policies';
import type { Group, IamCall, PolicyHolder, Role, User } from './state';

/** Roles, users, groups, managed policies and instance profiles, as CloudFormation describes them. */
export function view({ state, accountId }: IamCall): Resource[] {
  return [
    ...[...state.roles.values()].map((role) => roleResource(accountId, role)),
    ...[...state.users.values()].map((user) => userResource(accountId, user, state)),
    ...[...state.groups.values()].map((group) => groupResource(accountId, group)),
    ...policyResources(state),
    ...[...state.instanceProfiles.values()].map((profile) => ({
      arn: arnIn(accountId, 'instance-profile', profile),
      type: 'AWS::IAM::InstanceProfile',
      id: profile.name,
      name: profile.name,
      tags: profile.tags,
      createdAt: profile.createdAt,
      configuration: {
        InstanceProfileName: profile.name,
        Path: profile.path,
        Roles: profile.role === undefined ? [] : [profile.role],
      },
    })),
  ];
}

const policyResources = (state: IamCall['state']): Resource[] =>
  [...state.policies.values()].map((policy) => ({
    arn: policy.arn,
    type: 'AWS::IAM::ManagedPolicy',
    id: policy.arn,
    name: policy.name,
    tags: policy.tags,
    createdAt: policy.createdAt,
    configuration: {
      ManagedPolicyName: policy.name,
      Path: policy.path,
      ...(policy.description === undefined ? {} : { Description: policy.description }),
      PolicyDocument: JSON.parse(defaultDocument(policy)) as unknown,
      Groups: namesOf(state.groups, ({ attached }) => attached.has(policy.arn)),
      Roles: namesOf(state.roles, ({ attached }) => attached.has(policy.arn)),
      Users: namesOf(state.users, ({ attached }) => attached.has(policy.arn)),
    },
  }));

const namesOf = <T extends PolicyHolder>(
  holders: Map<string, T>,
  test: (holder: T) => boolean,
): string[] => [...holders.values()].filter(test).map(({ name }) => name);

const holderResource = (accountId: string, holder: PolicyHolder) => ({
  arn: arnIn(accountId, holder.kind, holder),
  id: holder.name,
  name: holder.name,
  createdAt: holder.createdAt,
  configuration: {
    Path: holder.path,
    ManagedPolicyArns: [...holder.attached],
    Policies: [...holder.inline].map(([name, document]) => ({
      PolicyName: name,
      PolicyDocument: JSON.parse(document) as unknown,
    })),
  },
});

const bounded = ({ boundary, tags }: Role | User) => ({
  ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
  ...(Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {}),
});

function roleResource(accountId: string, role: Role): Resource {
  const common = holderResource(accountId, role);
  return {
    ...common,
    type: 'AWS::IAM::Role',
    tags: role.tags,
    configuration: {
      ...common.configuration,
      ...bounded(role),
      RoleName: role.name,
      RoleId: role.id,
      Arn: common.arn,
      AssumeRolePolicyDocument: JSON.parse(role.trustPolicy) as unknown,
      MaxSessionDuration: role.maxSessionDuration,
      ...(role.description === undefined ? {} : { Description: role.description }),
    },
  };
}

function userResource(accountId: string, user: User, { groups }: IamCall['state']): Resource {
  const common = holderResource(accountId, user);
  return {
    ...common,
    type: 'AWS::IAM::User',
    tags: user.tags,
    configuration: {
      ...common.configuration,
      ...bounded(user),
      UserName: user.name,
      Groups: namesOf(groups, ({ members }) => members.has(user.name)),
      Arn: common.arn,
    },
  };
}

function groupResource(accountId: string, group: Group): Resource {
  const common = holderResource(accountId, group);
  return {
    ...common,
    type: 'AWS::IAM::Group',
    tags: {},
    configuration: { ...common.configuration, GroupName: group.name, Arn: common.arn },
  };
}
