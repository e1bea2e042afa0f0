import type { IAM } from '@aws-sdk/client-iam';
import type { ResourceProvider, ResourceProviders } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { applyPolicies, goneErrors, groupOperations, userOperations } from './holder-operations';
import { inlinePolicy, managedPolicy } from './policy-resources';
import { asKeys, differences, given, tagsOf, text, texts } from './resource-properties';
import { role } from './role-resource';

const instanceProfile: ResourceProvider = {
  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const name = text(properties, 'InstanceProfileName') ?? context.physicalName(128);
    const { InstanceProfile: profile } = await iam.createInstanceProfile(
      given({ InstanceProfileName: name, Path: text(properties, 'Path') }),
    );
    for (const RoleName of texts(properties, 'Roles'))
      await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName });
    return { physicalId: name, attributes: { Arn: profile?.Arn } };
  },

  async update(name, { properties, previous }, context) {
    const iam = context.client<IAM>('iam');
    const change = differences(
      asKeys(texts(previous, 'Roles')),
      asKeys(texts(properties, 'Roles')),
    );
    for (const RoleName of change.removed)
      await iam.removeRoleFromInstanceProfile({ InstanceProfileName: name, RoleName });
    for (const [RoleName] of change.put)
      await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName });
    const { InstanceProfile: profile } = await iam.getInstanceProfile({
      InstanceProfileName: name,
    });
    return { physicalId: name, attributes: { Arn: profile?.Arn } };
  },

  async delete(name, properties, context) {
    const iam = context.client<IAM>('iam');
    for (const RoleName of texts(properties, 'Roles'))
      await unlessGone(goneErrors, () =>
        iam.removeRoleFromInstanceProfile({ InstanceProfileName: name, RoleName }),
      );
    await unlessGone(goneErrors, () => iam.deleteInstanceProfile({ InstanceProfileName: name }));
  },
};

const user: ResourceProvider = {
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

const group: ResourceProvider = {
  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const name = text(properties, 'GroupName') ?? context.physicalName(128);
    const { Group: made } = await iam.createGroup(
      given({ GroupName: name, Path: text(properties, 'Path') }),
    );
    await applyPolicies(groupOperations(iam), name, { previous: {}, properties });
    return { physicalId: name, attributes: { Arn: made?.Arn } };
  },

  async update(name, change, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(groupOperations(iam), name, change);
    const { Group: found } = await iam.getGroup({ GroupName: name });
    return { physicalId: name, attributes: { Arn: found?.Arn } };
  },

  async delete(name, properties, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(groupOperations(iam), name, { previous: properties, properties: {} });
    await unlessGone(goneErrors, () => iam.deleteGroup({ GroupName: name }));
  },
};

const serviceLinkedRole: ResourceProvider = {
  async create(properties, context) {
    const { Role: made } = await context.client<IAM>('iam').createServiceLinkedRole(
      given({
        AWSServiceName: text(properties, 'AWSServiceName'),
        Description: text(properties, 'Description'),
        CustomSuffix: text(properties, 'CustomSuffix'),
      }),
    );
    const name = made?.RoleName ?? '';
    return { physicalId: name, attributes: { RoleName: name } };
  },

  async delete(name, _properties, context) {
    await unlessGone(goneErrors, () =>
      context.client<IAM>('iam').deleteServiceLinkedRole({ RoleName: name }),
    );
  },
};

const accessKey: ResourceProvider = {
  async create(properties, context) {
    const { AccessKey: key } = await context
      .client<IAM>('iam')
      .createAccessKey({ UserName: text(properties, 'UserName') });
    return {
      physicalId: key?.AccessKeyId ?? '',
      attributes: { SecretAccessKey: key?.SecretAccessKey },
    };
  },

  async delete(id, properties, context) {
    await unlessGone(goneErrors, () =>
      context
        .client<IAM>('iam')
        .deleteAccessKey({ UserName: text(properties, 'UserName'), AccessKeyId: id }),
    );
  },
};

const providers: ResourceProviders = {
  'AWS::IAM::AccessKey': accessKey,
  'AWS::IAM::Group': group,
  'AWS::IAM::InstanceProfile': instanceProfile,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': inlinePolicy,
  'AWS::IAM::Role': role,
  'AWS::IAM::ServiceLinkedRole': serviceLinkedRole,
  'AWS::IAM::User': user,
};

export default providers;
