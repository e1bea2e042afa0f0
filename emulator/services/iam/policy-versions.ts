import {
  DeleteConflictException,
  LimitExceededException,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { listed } from './listing';
import { announcePolicy, changeable, readable } from './policies';
import { encoded } from './shapes';
import type { IamHandlers, ManagedPolicy, PolicyVersion } from './state';
import { checkPolicy } from './validation';

const mostVersions = 5;

/** Versions of managed policies. */
export const policyVersions = {
  CreatePolicyVersion({ PolicyArn: arn, PolicyDocument: text, SetAsDefault: asDefault }, call) {
    const policy = changeable(call.state, arn);
    const document = checkPolicy(text, 'managed');
    if (policy.versions.length >= mostVersions)
      throw refuse(
        LimitExceededException,
        `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
      );
    const version = { id: `v${policy.nextVersion}`, document, createdAt: call.now() };
    policy.nextVersion += 1;
    policy.versions.push(version);
    policy.updatedAt = call.now();
    if (asDefault) policy.defaultVersion = version.id;
    announcePolicy(call, policy);
    return { PolicyVersion: shape(policy, version) };
  },

  GetPolicyVersion({ PolicyArn: arn, VersionId: id }, { state }) {
    const policy = readable(state, arn);
    const version = versionOf(policy, id);
    return {
      PolicyVersion: { ...shape(policy, version), Document: encoded(version.document) },
    };
  },

  ListPolicyVersions(input, { state }) {
    const policy = readable(state, input.PolicyArn);
    const { page, end } = listed(policy.versions.toReversed(), input);
    return { Versions: page.map((version) => shape(policy, version)), ...end };
  },

  SetDefaultPolicyVersion({ PolicyArn: arn, VersionId: id }, call) {
    const policy = changeable(call.state, arn);
    policy.defaultVersion = versionOf(policy, id).id;
    policy.updatedAt = call.now();
    announcePolicy(call, policy);
  },

  DeletePolicyVersion({ PolicyArn: arn, VersionId: id }, call) {
    const policy = changeable(call.state, arn);
    const gone = versionOf(policy, id);
    if (gone.id === policy.defaultVersion)
      throw refuse(DeleteConflictException, 'Cannot delete the default version of a policy.');
    policy.versions = policy.versions.filter((version) => version !== gone);
    announcePolicy(call, policy);
  },
} satisfies IamHandlers;

function versionOf({ arn, versions }: ManagedPolicy, id = ''): PolicyVersion {
  const version = versions.find((candidate) => candidate.id === id);
  if (!version)
    throw refuse(
      NoSuchEntityException,
      `Policy ${arn} version ${id} does not exist or is not attachable.`,
    );
  return version;
}

const shape = ({ defaultVersion }: ManagedPolicy, { id, createdAt }: PolicyVersion) => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: createdAt,
});
