import type { IAM } from '@aws-sdk/client-iam';
import type { Properties, Provided, ResourceProvider } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';
import { goneErrors } from './holder-operations';
import { kinds } from './policy-resources';
import { asKeys, differences, document, given, text, texts } from './resource-properties';

/** AWS::IAM::ManagedPolicy: a change makes a new default version. */
export const managedPolicy: ResourceProvider = {
  properties: [
    'Description',
    'Groups',
    'ManagedPolicyName',
    'Path',
    'PolicyDocument',
    'Roles',
    'Users',
  ],

  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    const { Policy: policy } = await iam.createPolicy(
      given({
        PolicyName: text(properties, 'ManagedPolicyName') ?? context.physicalName(128),
        PolicyDocument: document(properties['PolicyDocument']),
        Path: text(properties, 'Path'),
        Description: text(properties, 'Description'),
      }),
    );
    const arn = policy?.Arn ?? '';
    await moveAttachments(iam, arn, { previous: {}, properties });
    return shown(iam, arn);
  },

  async update(arn, { properties, previous }, context) {
    const iam = context.client<IAM>('iam');
    const text = document(properties['PolicyDocument']);
    if (text !== document(previous['PolicyDocument'])) await newVersion(iam, arn, text);
    await moveAttachments(iam, arn, { previous, properties });
    return shown(iam, arn);
  },

  async delete(arn, properties, context) {
    const iam = context.client<IAM>('iam');
    await moveAttachments(iam, arn, { previous: properties, properties: {} });
    await unlessGone(goneErrors, async () => {
      for (const { VersionId, IsDefaultVersion } of await versionsOf(iam, arn))
        if (!IsDefaultVersion) await iam.deletePolicyVersion({ PolicyArn: arn, VersionId });
      await iam.deletePolicy({ PolicyArn: arn });
    });
  },
};

async function newVersion(iam: IAM, arn: string, text: string): Promise<void> {
  const versions = await versionsOf(iam, arn);
  const oldest = versions.findLast(({ IsDefaultVersion: isDefault }) => !isDefault);
  if (versions.length >= 5 && oldest)
    await iam.deletePolicyVersion({ PolicyArn: arn, VersionId: oldest.VersionId });
  await iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: text, SetAsDefault: true });
}

const versionsOf = async (iam: IAM, arn: string) =>
  (await iam.listPolicyVersions({ PolicyArn: arn })).Versions ?? [];

async function moveAttachments(
  iam: IAM,
  arn: string,
  { previous, properties }: { previous: Properties; properties: Properties },
): Promise<void> {
  for (const [kind, operationsOf] of kinds) {
    const operations = operationsOf(iam);
    const names = differences(asKeys(texts(previous, kind)), asKeys(texts(properties, kind)));
    for (const [name] of names.put) await operations.attach(name, arn);
    for (const name of names.removed)
      await unlessGone(goneErrors, () => operations.detach(name, arn));
  }
}

async function shown(iam: IAM, arn: string): Promise<Provided> {
  const { Policy: policy = {} } = await iam.getPolicy({ PolicyArn: arn });
  const { PolicyId, DefaultVersionId, AttachmentCount, IsAttachable } = policy;
  const attributes = {
    PolicyArn: arn,
    PolicyId,
    DefaultVersionId,
    AttachmentCount,
    IsAttachable,
    PermissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount,
    CreateDate: policy.CreateDate?.toISOString(),
    UpdateDate: policy.UpdateDate?.toISOString(),
  };
  return { physicalId: arn, attributes };
}
