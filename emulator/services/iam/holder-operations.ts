import type { IAM } from '@aws-sdk/client-iam';
import type { Properties } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { asKeys, differences, inlinePolicies, texts } from './resource-properties';

/** The same four operations, whether the policies are a role's, a user's or a group's. */
export interface HolderOperations {
  put: (name: string, policy: string, document: string) => Promise<unknown>;
  remove: (name: string, policy: string) => Promise<unknown>;
  attach: (name: string, arn: string) => Promise<unknown>;
  detach: (name: string, arn: string) => Promise<unknown>;
  /** The document of an inline policy, as IAM answers it: percent-encoded. */
  get: (name: string, policy: string) => Promise<{ PolicyDocument?: string | undefined }>;
}

/** Errors that mean that what is to go is gone. */
export const goneErrors = ['NoSuchEntityException', 'NoSuchEntity'];

/** What is looked for, or nothing when IAM does not know it. */
export async function found<T>(look: () => Promise<T>): Promise<T | undefined> {
  let answer: T | undefined;
  await unlessGone(goneErrors, async () => (answer = await look()));
  return answer;
}

export const roleOperations = (iam: IAM): HolderOperations => ({
  put: (RoleName, PolicyName, PolicyDocument) =>
    iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
  remove: (RoleName, PolicyName) => iam.deleteRolePolicy({ RoleName, PolicyName }),
  attach: (RoleName, PolicyArn) => iam.attachRolePolicy({ RoleName, PolicyArn }),
  detach: (RoleName, PolicyArn) => iam.detachRolePolicy({ RoleName, PolicyArn }),
  get: (RoleName, PolicyName) => iam.getRolePolicy({ RoleName, PolicyName }),
});

export const userOperations = (iam: IAM): HolderOperations => ({
  put: (UserName, PolicyName, PolicyDocument) =>
    iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }),
  remove: (UserName, PolicyName) => iam.deleteUserPolicy({ UserName, PolicyName }),
  attach: (UserName, PolicyArn) => iam.attachUserPolicy({ UserName, PolicyArn }),
  detach: (UserName, PolicyArn) => iam.detachUserPolicy({ UserName, PolicyArn }),
  get: (UserName, PolicyName) => iam.getUserPolicy({ UserName, PolicyName }),
});

export const groupOperations = (iam: IAM): HolderOperations => ({
  put: (GroupName, PolicyName, PolicyDocument) =>
    iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument }),
  remove: (GroupName, PolicyName) => iam.deleteGroupPolicy({ GroupName, PolicyName }),
  attach: (GroupName, PolicyArn) => iam.attachGroupPolicy({ GroupName, PolicyArn }),
  detach: (GroupName, PolicyArn) => iam.detachGroupPolicy({ GroupName, PolicyArn }),
  get: (GroupName, PolicyName) => iam.getGroupPolicy({ GroupName, PolicyName }),
});

/** Brings `Policies` and `ManagedPolicyArns` from what they were to what they shall be. */
export async function applyPolicies(
  operations: HolderOperations,
  name: string,
  change: { previous: Properties; properties: Properties },
): Promise<void> {
  const { previous, properties } = change;
  const attached = differences(
    asKeys(texts(previous, 'ManagedPolicyArns')),
    asKeys(texts(properties, 'ManagedPolicyArns')),
  );
  const inline = differences(inlinePolicies(previous), inlinePolicies(properties));
  for (const [arn] of attached.put) await operations.attach(name, arn);
  for (const [policy, document] of inline.put) await operations.put(name, policy, document);
  for (const arn of attached.removed)
    await unlessGone(goneErrors, () => operations.detach(name, arn));
  for (const policy of inline.removed)
    await unlessGone(goneErrors, () => operations.remove(name, policy));
}
