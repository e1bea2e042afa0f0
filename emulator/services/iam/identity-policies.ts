import type { PolicySourceType } from '@aws-sdk/client-iam';
import type { Principal } from '../../principal';
import type { Identity } from '../../service';
import { awsManaged } from './aws-managed';
import { nameIn } from './entities';
import type { IamState, ManagedPolicy, PolicyHolder } from './state';

/** A policy by the name that the policy simulator gives it. */
export interface NamedPolicy {
  id: string;
  document: string;
  type: PolicySourceType;
}

/** A managed policy of the account or of AWS. */
export const managedPolicy = (state: IamState, arn = ''): ManagedPolicy | undefined =>
  state.policies.get(arn) ?? awsManaged.get(arn);

/** The text in force. */
export const defaultDocument = ({ versions, defaultVersion }: ManagedPolicy): string =>
  versions.find(({ id }) => id === defaultVersion)?.document ?? '';

/** Everything that decides about a user or a role's session, groups included. */
export function identityPolicies(state: IamState, principal: Principal): Identity {
  const holder = holderOf(state, principal);
  if (!holder) return { policies: [], tags: {} };
  const boundary = managedPolicy(state, holder.boundary);
  return {
    policies: policiesOf(state, holder).map(({ document }) => document),
    ...(boundary ? { boundary: defaultDocument(boundary) } : {}),
    tags: holder.tags,
    userId: principal.type === 'role' ? `${holder.id}:${principal.sessionName}` : holder.id,
  };
}

/** Inline and managed policies, a user's groups' too. */
export function policiesOf(state: IamState, holder: PolicyHolder): NamedPolicy[] {
  const groups =
    holder.kind === 'user'
      ? [...state.groups.values()].filter(({ members }) => members.has(holder.name))
      : [];
  return [holder, ...groups].flatMap((each) => ownPolicies(state, each));
}

const ownPolicies = (state: IamState, { kind, name, inline, attached }: PolicyHolder) => [
  ...[...inline].map(([policy, document]) => ({
    id: `${kind}_${name}_${policy}`,
    document,
    type: kind,
  })),
  ...[...attached].flatMap((arn) => namedPolicy(state, arn)),
];

/** A managed policy as the simulator names it. */
export function namedPolicy(state: IamState, arn: string | undefined): NamedPolicy[] {
  const policy = managedPolicy(state, arn);
  if (!policy) return [];
  const type = awsManaged.has(policy.arn) ? 'aws-managed' : 'user-managed';
  return [{ id: policy.name, document: defaultDocument(policy), type }];
}

function holderOf(state: IamState, principal: Principal) {
  if (principal.type === 'user') return state.users.get(principal.userName);
  return principal.type === 'role' ? state.roles.get(nameIn(principal.roleArn)) : undefined;
}
