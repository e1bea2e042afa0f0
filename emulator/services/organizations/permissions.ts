import type { Organizations } from '@aws-sdk/client-organizations';
import type { Permission, Requirements } from '../../service';
import { organizationWith } from './find';
import type { Organization, OrganizationsCall, OrganizationsState } from './state';

type Input = Record<string, unknown>;

/** Members by which requests name accounts, units, roots and policies. */
const members = [
  'AccountId',
  'ChildId',
  'DestinationParentId',
  'OrganizationalUnitId',
  'ParentId',
  'PolicyId',
  'ResourceId',
  'RootId',
  'SourceParentId',
  'TargetId',
];

/** The ARN of everything that a request names; what is unknown stands for any of its kind. */
function onNamed(input: object, call: OrganizationsCall): Permission {
  const given = input as Input;
  const organization = organizationWith(call.accountId, call);
  const arns = members.flatMap((member) => {
    const id = given[member];
    return typeof id === 'string' ? [arnOf(id, organization) ?? call.arn(`*/*/${id}`)] : [];
  });
  return {
    action: `organizations:${call.operation}`,
    resources: arns.length > 0 ? arns : ['*'],
    context: {
      // Member accounts ask about what the management account has; no policy of its decides.
      'aws:ResourceAccount': call.accountId,
      ...keyOf('organizations:PolicyType', given['PolicyType'] ?? given['Type'] ?? given['Filter']),
      ...keyOf('organizations:ServicePrincipal', given['ServicePrincipal']),
    },
  };
}

const arnOf = (id: string, organization: Organization | undefined): string | undefined =>
  organization?.nodes.get(id)?.arn ?? organization?.policies.get(id)?.arn;

const keyOf = (name: string, value: unknown): Record<string, string> =>
  typeof value === 'string' ? { [name]: value } : {};

const each = <K extends keyof Requirements<Organizations, OrganizationsState>>(
  operations: readonly K[],
): { [P in K]: typeof onNamed } =>
  Object.fromEntries(operations.map((operation) => [operation, onNamed])) as {
    [P in K]: typeof onNamed;
  };

/** What operations ask; those on the organization as a whole ask on `*`. */
export const permissions: Requirements<Organizations, OrganizationsState> = each([
  'AttachPolicy',
  'CloseAccount',
  'CreateOrganizationalUnit',
  'CreatePolicy',
  'DeleteOrganizationalUnit',
  'DeletePolicy',
  'DeregisterDelegatedAdministrator',
  'DescribeAccount',
  'DescribeEffectivePolicy',
  'DescribeOrganizationalUnit',
  'DescribePolicy',
  'DetachPolicy',
  'DisableAWSServiceAccess',
  'DisablePolicyType',
  'EnableAWSServiceAccess',
  'EnablePolicyType',
  'ListAccountsForParent',
  'ListChildren',
  'ListDelegatedServicesForAccount',
  'ListOrganizationalUnitsForParent',
  'ListParents',
  'ListPolicies',
  'ListPoliciesForTarget',
  'ListTagsForResource',
  'ListTargetsForPolicy',
  'MoveAccount',
  'RegisterDelegatedAdministrator',
  'RemoveAccountFromOrganization',
  'TagResource',
  'UntagResource',
  'UpdateOrganizationalUnit',
  'UpdatePolicy',
]);
