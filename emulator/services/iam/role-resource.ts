import type { IAM } from '@aws-sdk/client-iam';
import type { Provided, Properties, ResourceProvider } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { applyBoundaryAndTags, boundedRole } from './bounded-operations';
import { applyPolicies, goneErrors, roleOperations } from './holder-operations';
import { document, given, tagsOf, text } from './resource-properties';

const settings = (properties: Properties) => ({
  Description: text(properties, 'Description') ?? '',
  MaxSessionDuration: Number(text(properties, 'MaxSessionDuration') ?? 3600),
});

/** AWS::IAM::Role with its inline and attached policies. */
export const role: ResourceProvider = {
  properties: [
    'AssumeRolePolicyDocument',
    'Description',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'PermissionsBoundary',
    'Policies.PolicyDocument',
    'Policies.PolicyName',
    'RoleName',
    'Tags',
  ],

  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const name = text(properties, 'RoleName') ?? context.physicalName(64);
    await iam.createRole(
      given({
        RoleName: name,
        AssumeRolePolicyDocument: document(properties['AssumeRolePolicyDocument']),
        Path: text(properties, 'Path'),
        Description: text(properties, 'Description'),
        MaxSessionDuration: settings(properties).MaxSessionDuration,
        PermissionsBoundary: text(properties, 'PermissionsBoundary'),
        Tags: tagsOf(properties, context),
      }),
    );
    await applyPolicies(roleOperations(iam), name, { previous: {}, properties });
    return shown(iam, name);
  },

  async update(name, { properties, previous }, context) {
    const iam = context.client<IAM>('iam');
    await iam.updateAssumeRolePolicy({
      RoleName: name,
      PolicyDocument: document(properties['AssumeRolePolicyDocument']),
    });
    await iam.updateRole({ RoleName: name, ...settings(properties) });
    await applyBoundaryAndTags(boundedRole(iam), { name, properties, previous }, context);
    await applyPolicies(roleOperations(iam), name, { previous, properties });
    return shown(iam, name);
  },

  async delete(name, properties, context) {
    const iam = context.client<IAM>('iam');
    await applyPolicies(roleOperations(iam), name, { previous: properties, properties: {} });
    await unlessGone(goneErrors, () => iam.deleteRole({ RoleName: name }));
  },
};

async function shown(iam: IAM, name: string): Promise<Provided> {
  const { Role: found } = await iam.getRole({ RoleName: name });
  return { physicalId: name, attributes: { Arn: found?.Arn, RoleId: found?.RoleId } };
}
