import { IAM } from '@aws-sdk/client-iam';
import { defineService } from '../../service';
import { accessKeys, principalOf } from './access-keys';
import { account } from './account';
import { attachments } from './attachments';
import { seedBootstrapRoles } from './bootstrap-roles';
import { boundaries } from './boundaries';
import { arnIn, nameIn } from './entities';
import { groups } from './groups';
import { identityPolicies } from './identity-policies';
import { inlinePolicies } from './inline-policies';
import { instanceProfiles } from './instance-profiles';
import { permissions } from './permissions';
import { policies } from './policies';
import { policyVersions } from './policy-versions';
import { renaming } from './renaming';
import { roles } from './roles';
import { serviceLinkedRoles } from './service-linked-roles';
import { simulation } from './simulation';
import { createState, type IamCall } from './state';
import { users } from './users';
import { view } from './view';

export default defineService({
  client: IAM,
  createState,
  global: true,
  handlers: {
    ...roles,
    ...users,
    ...groups,
    ...renaming,
    ...accessKeys,
    ...inlinePolicies,
    ...policies,
    ...policyVersions,
    ...attachments,
    ...boundaries,
    ...instanceProfiles,
    ...serviceLinkedRoles,
    ...account,
    ...simulation,
  },
  permissions,
  seed: seedBootstrapRoles,
  resourcePolicy: trustPolicyOf,
  identity: (principal, { stateOf, region }) =>
    identityPolicies(stateOf(principal.accountId, region), principal),
  principalOf,
  view,
});

/** A role's trust policy is the policy on that resource, in whichever account the role is. */
function trustPolicyOf(arn: string, call: IamCall): string | undefined {
  const accountId = /^arn:aws[\w-]*:iam::(\d{12}):role\//.exec(arn)?.[1];
  if (accountId === undefined) return undefined;
  const role = call.stateOf(accountId, call.region).roles.get(nameIn(arn));
  return role && arnIn(accountId, 'role', role) === arn ? role.trustPolicy : undefined;
}
