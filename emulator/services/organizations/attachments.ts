import {
  DuplicatePolicyAttachmentException,
  PolicyNotAttachedException,
  PolicyTypeNotEnabledException,
} from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { violation } from './errors';
import { changedPolicyIn, managed, policyIn, readable, targetIn } from './find';
import { isRestricting } from './full-access';
import { paged } from './listing';
import { summaryOf } from './policies';
import { checkType } from './policy-types';
import type { Node, Organization, OrganizationsCall, OrganizationsHandlers, Policy } from './state';

const quota = 5;

/** What is attached where. */
export const attachments = {
  AttachPolicy(input, call) {
    const organization = managed(call);
    const policy = changedPolicyIn(organization, input.PolicyId);
    const target = targetIn(organization, input.TargetId);
    if (!organization.enabledTypes.has(policy.type))
      throw refuse(
        PolicyTypeNotEnabledException,
        'This operation can be performed only for enabled policy types.',
      );
    if (target.policies.has(policy.id))
      throw refuse(
        DuplicatePolicyAttachmentException,
        'The selected policy is already attached to the specified target.',
      );
    if (isRestricting(policy.type) && sameType(target, policy, organization).length >= quota)
      throw violation(
        'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You have attached the maximum number of policies to the specified target.', // text unverified
      );
    target.policies.add(policy.id);
    announce(policy, call);
  },

  DetachPolicy(input, call) {
    const organization = managed(call);
    const policy = changedPolicyIn(organization, input.PolicyId);
    const target = targetIn(organization, input.TargetId);
    if (!target.policies.has(policy.id))
      throw refuse(
        PolicyNotAttachedException,
        "The policy isn't attached to the specified target in the specified root.",
      );
    if (isRestricting(policy.type) && sameType(target, policy, organization).length === 1)
      throw violation(
        'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
      );
    target.policies.delete(policy.id);
    announce(policy, call);
  },

  ListPoliciesForTarget({ TargetId: id, Filter: type, ...paging }, call) {
    const organization = readable(call);
    checkType(type);
    const attached = policiesOf(targetIn(organization, id), organization);
    const { page, end } = paged(
      attached.filter((policy) => policy.type === type),
      paging,
    );
    return { Policies: page.map(summaryOf), ...end };
  },

  ListTargetsForPolicy({ PolicyId: id, ...paging }, call) {
    const organization = readable(call);
    const policy = policyIn(organization, id);
    const holders = [...organization.nodes.values()].filter(({ policies }) =>
      policies.has(policy.id),
    );
    const { page, end } = paged(holders, paging);
    return {
      Targets: page.map((node) => ({
        TargetId: node.id,
        Arn: node.arn,
        Name: node.name,
        Type: node.kind,
      })),
      ...end,
    };
  },
} satisfies OrganizationsHandlers;

/** The policies attached to a node itself. */
export const policiesOf = ({ policies: ids }: Node, { policies }: Organization): Policy[] =>
  [...ids].flatMap((id) => policies.get(id) ?? []);

const sameType = (target: Node, { type }: Policy, organization: Organization): Policy[] =>
  policiesOf(target, organization).filter((each) => each.type === type);

const announce = ({ id }: Policy, call: OrganizationsCall): void =>
  call.announce({ kind: 'UPDATE', type: 'AWS::Organizations::Policy', id });
