import type { IAM } from '@aws-sdk/client-iam';
import type { ResourceProvider } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { applyBoundaryAndTags, boundedUser } from './bounded-operations';
import { applyPolicies, goneErrors, userOperations } from './holder-operations';
import { asKeys, differences, given, tagsOf, text, texts } from './resource-properties';

/** AWS::IAM::User with its policies and groups. */
export const user: ResourceProvider = {
  properties: [
    'Groups',
    'ManagedPolicyArns',
    'Path',
    'PermissionsBoundary',
    'Policies.PolicyDocument',
    'Policies.PolicyName',
    'Tags',
    'UserName',
  ],

  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const name = text(properties, 'UserName') ?? context.physicalName(64);
    const { User: made } = await iam.createUser(
      given({
        UserName: name,
        Path: text(properties, 'Path'),
        PermissionsBoundary: text(properties, 'PermissionsBoundary'),
        Tags: tagsOf(properties, context),
      }),
    );
    await applyPolicies(userOperations(iam), name, { previous: {}, properties });
    for (const GroupName of texts(properties, 'Groups'))
      await iam.addUserToGroup({ GroupName, UserName: name });
    return { physicalId: name, attributes: { Arn: made?.Arn } };
  },

  async update(name, change, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(userOperations(iam), name, change);
    const groups = differences(
      asKeys(texts(change.previous, 'Groups')),
      asKeys(texts(change.properties, 'Groups')),
    );
    for (const [GroupName] of groups.put) await iam.addUserToGroup({ GroupName, UserName: name });
    for (const GroupName of groups.removed)
      await unlessGone(goneErrors, () => iam.removeUserFromGroup({ GroupName, UserName: name }));
    await applyBoundaryAndTags(boundedUser(iam), { name, ...change }, context);
    const [before, after] = [text(change.previous, 'Path'), text(change.properties, 'Path')];
    if (before !== after) await iam.updateUser({ UserName: name, NewPath: after ?? '/' });
    const { User: found } = await iam.getUser({ UserName: name });
    return { physicalId: name, attributes: { Arn: found?.Arn } };
  },

  async delete(name, properties, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(userOperations(iam), name, { previous: properties, properties: {} });
    for (const GroupName of texts(properties, 'Groups'))
      await unlessGone(goneErrors, () => iam.removeUserFromGroup({ GroupName, UserName: name }));
    await unlessGone(goneErrors, () => iam.deleteUser({ UserName: name }));
  },
};
