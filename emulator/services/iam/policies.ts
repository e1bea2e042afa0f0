import { DeleteConflictException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { notFound } from './attachments';
import { awsManaged } from './aws-managed';
import { arnIn, refuseTaken } from './entities';
import { managedPolicy } from './identity-policies';
import { listed, underPath } from './listing';
import { policyInList, policyShape, usageOf } from './shapes';
import type { IamCall, IamHandlers, IamState, ManagedPolicy } from './state';
import { addTags, newTags, removeTags } from './tagging';
import { checkPolicy, checkText } from './validation';

/** Managed policies; those of AWS are there for reading and attaching. */
export const policies = {
  CreatePolicy(input, call) {
    const { PolicyName: name = '', Path: path = '/' } = input;
    checkText('policyName', name);
    checkText('path', path);
    const document = checkPolicy(input.PolicyDocument, 'managed');
    refuseTaken(
      [...call.state.policies.values()].map((policy) => policy.name),
      name,
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    );
    const now = call.now();
    const policy: ManagedPolicy = {
      arn: arnIn(call.accountId, 'policy', { path, name }),
      name,
      path,
      id: `ANPA${call.random.upper(17)}`,
      description: input.Description,
      tags: newTags(input.Tags),
      createdAt: now,
      updatedAt: now,
      defaultVersion: 'v1',
      versions: [{ id: 'v1', document, createdAt: now }],
      nextVersion: 2,
    };
    call.state.policies.set(policy.arn, policy);
    announcePolicy(call, policy, 'CREATE');
    return { Policy: policyShape(call.state, policy) };
  },

  GetPolicy: ({ PolicyArn: arn }, { state }) => ({
    Policy: policyShape(state, readable(state, arn)),
  }),

  ListPolicies(input, { state }) {
    const { Scope: scope = 'All', OnlyAttached: onlyAttached = false } = input;
    const found = underPath(
      [
        ...(scope === 'AWS' ? [] : state.policies.values()),
        ...(scope === 'Local' ? [] : awsManaged.values()),
      ],
      input.PathPrefix,
    ).filter(({ arn }) => !onlyAttached || usageOf(state, arn).attached > 0);
    const { page, end } = listed(found, input);
    return { Policies: page.map((policy) => policyInList(state, policy)), ...end };
  },

  DeletePolicy({ PolicyArn: arn }, call) {
    const policy = changeable(call.state, arn);
    const { attached, boundary } = usageOf(call.state, policy.arn);
    if (attached + boundary > 0)
      throw refuse(DeleteConflictException, 'Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1)
      throw refuse(
        DeleteConflictException,
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    call.state.policies.delete(policy.arn);
    announcePolicy(call, policy, 'DELETE');
  },

  TagPolicy({ PolicyArn: arn, Tags: tags }, call) {
    const policy = changeable(call.state, arn);
    addTags(policy, tags);
    announcePolicy(call, policy);
  },

  UntagPolicy({ PolicyArn: arn, TagKeys: keys }, call) {
    const policy = changeable(call.state, arn);
    removeTags(policy, keys);
    announcePolicy(call, policy);
  },

  ListPolicyTags(input, { state }) {
    const { page, end } = listed(tagList(readable(state, input.PolicyArn).tags), input);
    return { Tags: page, ...end };
  },
} satisfies IamHandlers;

/** A managed policy of the account or of AWS. */
export function readable(state: IamState, arn = ''): ManagedPolicy {
  const policy = managedPolicy(state, arn);
  if (!policy) throw notFound(arn);
  return policy;
}

/** A policy of the account; AWS's own cannot be changed by anyone. */
export function changeable(state: IamState, arn = ''): ManagedPolicy {
  const policy = state.policies.get(arn);
  if (!policy) throw notFound(arn);
  return policy;
}

/** Tells the feed that a managed policy changed. */
export const announcePolicy = (
  call: IamCall,
  { arn }: ManagedPolicy,
  kind: 'CREATE' | 'UPDATE' | 'DELETE' = 'UPDATE',
): void => call.announce({ kind, type: 'AWS::IAM::ManagedPolicy', id: arn });
