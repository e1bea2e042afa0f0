import {
  PolicyType,
  PolicyTypeAlreadyEnabledException,
  PolicyTypeNotAvailableForOrganizationException,
  PolicyTypeNotEnabledException,
  RootNotFoundException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { invalidInput } from './errors';
import { managed } from './find';
import { enableType } from './full-access';
import type { Node, Organization, OrganizationsHandlers } from './state';

/** Types that are kept: control policies act, tag and backup policies have effective policies. */
const kinds: readonly PolicyType[] = [
  'AISERVICES_OPT_OUT_POLICY',
  'BACKUP_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'RESOURCE_CONTROL_POLICY',
  'SERVICE_CONTROL_POLICY',
  'TAG_POLICY',
];

/** Which types of policies are in force. */
export const policyTypes = {
  EnablePolicyType({ RootId: rootId, PolicyType: given }, call) {
    const organization = managed(call);
    const root = rootIn(organization, rootId);
    const type = knownType(given);
    if (organization.enabledTypes.has(type))
      throw refuse(
        PolicyTypeAlreadyEnabledException,
        'The specified policy type is already enabled.',
      );
    if (organization.featureSet !== 'ALL')
      throw refuse(
        PolicyTypeNotAvailableForOrganizationException,
        'This policy type is not available for an organization without all features.', // text unverified
      );
    enableType(organization, type);
    return { Root: shapeOf(root, organization) };
  },

  DisablePolicyType({ RootId: rootId, PolicyType: given }, call) {
    const organization = managed(call);
    const root = rootIn(organization, rootId);
    const type = knownType(given);
    if (!organization.enabledTypes.has(type))
      throw refuse(
        PolicyTypeNotEnabledException,
        'This operation can be performed only for enabled policy types.',
      );
    organization.enabledTypes.delete(type);
    for (const policy of organization.policies.values())
      if (policy.type === type)
        for (const node of organization.nodes.values()) node.policies.delete(policy.id);
    return { Root: shapeOf(root, organization) };
  },
} satisfies OrganizationsHandlers;

/** Refuses what is no type of policy on AWS. */
export function checkType(type: PolicyType | undefined): void {
  if (!Object.values<string | undefined>(PolicyType).includes(type))
    throw invalidInput('INVALID_ENUM_POLICY_TYPE', 'You specified an invalid value.');
}

/** Refuses types that are not emulated, too, by name. */
export function knownType(type: PolicyType | undefined): PolicyType {
  checkType(type);
  if (type === undefined || !kinds.includes(type))
    throw refuse(
      PolicyTypeNotAvailableForOrganizationException,
      `Policies of type ${type} are not emulated.`,
    );
  return type;
}

function rootIn({ nodes }: Organization, id = ''): Node {
  const node = nodes.get(id);
  if (node?.kind !== 'ROOT')
    throw refuse(RootNotFoundException, "You specified a root that doesn't exist.");
  return node;
}

const shapeOf = ({ id, arn, name }: Node, { enabledTypes }: Organization) => ({
  Id: id,
  Arn: arn,
  Name: name,
  PolicyTypes: [...enabledTypes].map((Type) => ({ Type, Status: 'ENABLED' as const })),
});
