import type { IAM, StatusType } from '@aws-sdk/client-iam';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { applyPolicies, found, goneErrors, groupOperations } from './holder-operations';
import { managedPolicy } from './managed-policy-resource';
import { inlinePolicy } from './policy-resources';
import { asKeys, differences, given, text, texts } from './resource-properties';
import { role } from './role-resource';
import { user } from './user-resource';

const instanceProfile: ResourceProvider = {
  properties: ['InstanceProfileName', 'Path', 'Roles'],

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

const group: ResourceProvider = {
  properties: [
    'GroupName',
    'ManagedPolicyArns',
    'Path',
    'Policies.PolicyDocument',
    'Policies.PolicyName',
  ],

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
    const [before, after] = [text(change.previous, 'Path'), text(change.properties, 'Path')];
    if (before !== after) await iam.updateGroup({ GroupName: name, NewPath: after ?? '/' });
    const { Group: shown } = await iam.getGroup({ GroupName: name });
    return { physicalId: name, attributes: { Arn: shown?.Arn } };
  },

  async delete(name, properties, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(groupOperations(iam), name, { previous: properties, properties: {} });
    await unlessGone(goneErrors, () => iam.deleteGroup({ GroupName: name }));
  },
};

const serviceLinkedRole: ResourceProvider = {
  properties: ['AWSServiceName', 'CustomSuffix', 'Description'],

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

  async update(name, { properties }, context) {
    const Description = text(properties, 'Description') ?? '';
    await context.client<IAM>('iam').updateRole({ RoleName: name, Description });
    return { physicalId: name, attributes: { RoleName: name } };
  },

  async delete(name, _properties, context) {
    await unlessGone(goneErrors, () =>
      context.client<IAM>('iam').deleteServiceLinkedRole({ RoleName: name }),
    );
  },

  async read(name, _properties, context) {
    const role = await found(async () => {
      return (await context.client<IAM>('iam').getRole({ RoleName: name })).Role;
    });
    const [, AWSServiceName] = /^\/aws-service-role\/([^/]+)\//.exec(role?.Path ?? '') ?? [];
    const [, CustomSuffix] = name.split('_');
    return role && given({ AWSServiceName, CustomSuffix, Description: role.Description });
  },
};

const accessKey: ResourceProvider = {
  properties: ['Serial', 'Status', 'UserName'],
  // Another number asks for another key.
  writeOnly: ['Serial'],

  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const { AccessKey: key } = await iam.createAccessKey({
      UserName: text(properties, 'UserName'),
    });
    const physicalId = key?.AccessKeyId ?? '';
    if (text(properties, 'Status') === 'Inactive') await setStatus(physicalId, properties, context);
    return { physicalId, attributes: { SecretAccessKey: key?.SecretAccessKey } };
  },

  async update(id, { properties }, context) {
    await setStatus(id, properties, context);
    return { physicalId: id };
  },

  async delete(id, properties, context) {
    await unlessGone(goneErrors, () =>
      context
        .client<IAM>('iam')
        .deleteAccessKey({ UserName: text(properties, 'UserName'), AccessKeyId: id }),
    );
  },

  async read(id, properties, context) {
    const UserName = text(properties, 'UserName');
    const keys = await found(async () => {
      return (await context.client<IAM>('iam').listAccessKeys({ UserName })).AccessKeyMetadata;
    });
    const key = keys?.find(({ AccessKeyId }) => AccessKeyId === id);
    return key && { Status: key.Status, UserName: key.UserName };
  },
};

const setStatus = (id: string, properties: Properties, context: ProviderContext) =>
  context.client<IAM>('iam').updateAccessKey({
    UserName: text(properties, 'UserName'),
    AccessKeyId: id,
    // IAM refuses a status that it does not know.
    Status: (text(properties, 'Status') ?? 'Active') as StatusType,
  });

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
