import {
  DuplicatePolicyException,
  MalformedPolicyDocumentException,
  PolicyInUseException,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { malformedPolicy } from '../../authorisation';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { invalidInput } from './errors';
import { changedPolicyIn, managed, policyIn, readable } from './find';
import { isRestricting } from './full-access';
import { paged } from './listing';
import { checkType, knownType } from './policy-types';
import type { Organization, OrganizationsCall, OrganizationsHandlers, Policy } from './state';

/** Policies of all types, wherever they are attached. */
export const policies = {
  CreatePolicy(input, call) {
    const organization = managed(call);
    const { Name: name = '', Content: content = '', Description: description = '' } = input;
    const type = knownType(input.Type);
    checkContent(content, type);
    refuseDuplicate(organization, { name, type });
    const id = `p-${call.random.hex(8)}`;
    const policy: Policy = {
      id,
      arn: call.arn(`policy/${organization.id}/${type.toLowerCase()}/${id}`),
      name,
      description,
      type,
      content,
      awsManaged: false,
      tags: tagRecord(input.Tags),
    };
    organization.policies.set(id, policy);
    announce('CREATE', id, call);
    return { Policy: shapeOf(policy) };
  },

  DescribePolicy: ({ PolicyId: id }, call) => ({ Policy: shapeOf(policyIn(readable(call), id)) }),

  UpdatePolicy({ PolicyId: id, Name: name, Content: content, Description: description }, call) {
    const organization = managed(call);
    const policy = ownPolicy(organization, id);
    if (content !== undefined) checkContent(content, policy.type);
    if (name !== undefined && name !== policy.name)
      refuseDuplicate(organization, { name, type: policy.type });
    policy.name = name ?? policy.name;
    policy.content = content ?? policy.content;
    policy.description = description ?? policy.description;
    announce('UPDATE', policy.id, call);
    return { Policy: shapeOf(policy) };
  },

  DeletePolicy({ PolicyId: id }, call) {
    const organization = managed(call);
    const policy = ownPolicy(organization, id);
    if ([...organization.nodes.values()].some((node) => node.policies.has(policy.id)))
      throw refuse(
        PolicyInUseException,
        'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
      );
    organization.policies.delete(policy.id);
    announce('DELETE', policy.id, call);
  },

  ListPolicies({ Filter: type, ...paging }, call) {
    const organization = readable(call);
    checkType(type);
    // Full access can be had before the type is enabled.
    const wanted = [...organization.policies.values()].filter((policy) => policy.type === type);
    const { page, end } = paged(wanted, paging);
    return { Policies: page.map(summaryOf), ...end };
  },
} satisfies OrganizationsHandlers;

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  id: string,
  call: OrganizationsCall,
): void => call.announce({ kind, type: 'AWS::Organizations::Policy', id });

/** A policy that may be changed: AWS's own may not. */
function ownPolicy(organization: Organization, id: string | undefined): Policy {
  const policy = changedPolicyIn(organization, id);
  if (policy.awsManaged)
    throw invalidInput(
      'IMMUTABLE_POLICY',
      "You specified a policy that is managed by AWS and can't be modified.",
    ); // text unverified
  return policy;
}

function refuseDuplicate(
  { policies: known }: Organization,
  { name, type }: Pick<Policy, 'name' | 'type'>,
): void {
  if ([...known.values()].some((policy) => policy.name === name && policy.type === type))
    throw refuse(DuplicatePolicyException, 'A policy with the same name already exists.');
}

/** Control policies are checked as IAM's are; the others have to be JSON. */
function checkContent(content: string, type: PolicyType): void {
  const kind = type === 'SERVICE_CONTROL_POLICY' ? 'identity' : 'resource';
  const isSound = isRestricting(type)
    ? malformedPolicy(content, kind) === undefined && content.length <= 5120
    : parseObject(content) !== undefined;
  if (!isSound)
    throw refuse(
      MalformedPolicyDocumentException,
      'The provided policy document does not meet the requirements of the specified policy type.',
    );
}

/** Without its content. */
export const summaryOf = ({ id, arn, name, description, type, awsManaged }: Policy) => ({
  Id: id,
  Arn: arn,
  Name: name,
  Description: description,
  Type: type,
  AwsManaged: awsManaged,
});

const shapeOf = (policy: Policy) => ({
  PolicySummary: summaryOf(policy),
  Content: policy.content,
});
