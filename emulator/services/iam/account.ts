import {
  EntityAlreadyExistsException,
  type GetAccountAuthorizationDetailsCommandOutput,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { awsManaged } from './aws-managed';
import { managedPolicy } from './identity-policies';
import { listed } from './listing';
import {
  encoded,
  groupShape,
  policyShape,
  profileShape,
  roleShape,
  usageOf,
  userShape,
} from './shapes';
import { checkText } from './validation';
import type {
  Group,
  IamHandlers,
  IamState,
  ManagedPolicy,
  PolicyHolder,
  Role,
  User,
} from './state';

type Details = Omit<GetAccountAuthorizationDetailsCommandOutput, '$metadata'>;

interface Place {
  accountId: string;
  state: IamState;
}

type Entity = { type: string } & (
  | { type: 'Role'; entity: Role }
  | { type: 'User'; entity: User }
  | { type: 'Group'; entity: Group }
  | { type: 'LocalManagedPolicy' | 'AWSManagedPolicy'; entity: ManagedPolicy }
);

/** The account as a whole. */
export const account = {
  GetAccountAuthorizationDetails(input, { state, accountId }) {
    const { Filter: filter } = input;
    const wanted = entities(state).filter(
      ({ type }) => !filter?.length || filter.some((name) => name === type),
    );
    const { page, end } = listed(wanted, input);
    return { ...details(page, { accountId, state }), ...end };
  },

  GetAccountSummary: (_input, { state }) => ({
    SummaryMap: {
      Users: state.users.size,
      Groups: state.groups.size,
      Roles: state.roles.size,
      Policies: state.policies.size,
      InstanceProfiles: state.instanceProfiles.size,
      AccessKeysPerUserQuota: 2,
      AttachedPoliciesPerRoleQuota: 10,
      AttachedPoliciesPerUserQuota: 10,
      AttachedPoliciesPerGroupQuota: 10,
      VersionsPerPolicyQuota: 5,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
    },
  }),

  CreateAccountAlias({ AccountAlias: alias = '' }, { state }) {
    checkText('accountAlias', alias);
    if (state.alias === alias)
      throw refuse(EntityAlreadyExistsException, `The account alias ${alias} already exists.`);
    state.alias = alias;
  },

  DeleteAccountAlias({ AccountAlias: alias = '' }, { state }) {
    if (state.alias !== alias)
      throw refuse(NoSuchEntityException, `The account alias ${alias} cannot be found.`);
    state.alias = undefined;
  },

  ListAccountAliases: (_input, { state }) => ({
    AccountAliases: state.alias === undefined ? [] : [state.alias],
    IsTruncated: false,
  }),
} satisfies IamHandlers;

function entities(state: IamState): Entity[] {
  const used = [...awsManaged.values()].filter(({ arn }) => usageOf(state, arn).attached > 0);
  return [
    ...[...state.users.values()].map((entity): Entity => ({ type: 'User', entity })),
    ...[...state.groups.values()].map((entity): Entity => ({ type: 'Group', entity })),
    ...[...state.roles.values()].map((entity): Entity => ({ type: 'Role', entity })),
    ...[...state.policies.values()].map((entity): Entity => ({
      type: 'LocalManagedPolicy',
      entity,
    })),
    ...used.map((entity): Entity => ({ type: 'AWSManagedPolicy', entity })),
  ];
}

function details(page: Entity[], place: Place): Details {
  const found = {
    UserDetailList: [] as NonNullable<Details['UserDetailList']>,
    GroupDetailList: [] as NonNullable<Details['GroupDetailList']>,
    RoleDetailList: [] as NonNullable<Details['RoleDetailList']>,
    Policies: [] as NonNullable<Details['Policies']>,
  };
  for (const { type, entity } of page) {
    if (type === 'Role') found.RoleDetailList.push(roleDetail(entity, place));
    else if (type === 'User') found.UserDetailList.push(userDetail(entity, place));
    else if (type === 'Group')
      found.GroupDetailList.push({
        ...groupShape(place.accountId, entity),
        GroupPolicyList: inlineOf(entity),
        AttachedManagedPolicies: attachedOf(entity, place),
      });
    else found.Policies.push(policyDetail(entity, place));
  }
  return found;
}

const roleDetail = (role: Role, place: Place) => ({
  ...roleShape(place.accountId, role),
  RolePolicyList: inlineOf(role),
  AttachedManagedPolicies: attachedOf(role, place),
  InstanceProfileList: [...place.state.instanceProfiles.values()]
    .filter((profile) => profile.role === role.name)
    .map((profile) => profileShape(place.accountId, place.state, profile)),
});

const userDetail = (user: User, place: Place) => ({
  ...userShape(place.accountId, user),
  UserPolicyList: inlineOf(user),
  AttachedManagedPolicies: attachedOf(user, place),
  GroupList: [...place.state.groups.values()]
    .filter(({ members }) => members.has(user.name))
    .map(({ name }) => name),
});

const policyDetail = (policy: ManagedPolicy, { state }: Place) => ({
  ...policyShape(state, policy),
  PolicyVersionList: policy.versions.map(({ id, document, createdAt }) => ({
    VersionId: id,
    Document: encoded(document),
    IsDefaultVersion: id === policy.defaultVersion,
    CreateDate: createdAt,
  })),
});

const inlineOf = ({ inline }: PolicyHolder) =>
  [...inline].map(([name, document]) => ({ PolicyName: name, PolicyDocument: encoded(document) }));

const attachedOf = ({ attached }: PolicyHolder, { state }: Place) =>
  [...attached]
    .flatMap((arn) => managedPolicy(state, arn) ?? [])
    .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
