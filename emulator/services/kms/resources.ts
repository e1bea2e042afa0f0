import type { CreateKeyRequest, KMS } from '@aws-sdk/client-kms';
import { asText } from '../../cloudformation/as-text';
import {
  boolean,
  ignoring,
  number,
  required,
  tagsFor,
  text,
} from '../../cloudformation/properties';
import { awsError } from '../../errors';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';

const kmsOf = (context: ProviderContext): KMS => context.client<KMS>('kms');

const inKmsWords = (tags: readonly { Key: string; Value: string }[]) =>
  tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

/** CloudFormation's own default when a template gives no policy is the key's default. */
const policyOf = ({ KeyPolicy: policy }: Properties): string | undefined =>
  policy === undefined ? undefined : asText(policy);

const shown = (id: string, { region, accountId }: ProviderContext) => ({
  physicalId: id,
  attributes: { Arn: `arn:aws:kms:${region}:${accountId}:key/${id}`, KeyId: id },
});

/** Brings a key's switches to what the template says; rotation can be set of enabled keys only. */
async function applyState(id: string, properties: Properties, context: ProviderContext) {
  const kms = kmsOf(context);
  const { KeyMetadata: found } = await kms.describeKey({ KeyId: id });
  if (!found?.Enabled) await kms.enableKey({ KeyId: id });
  if (found?.KeySpec === 'SYMMETRIC_DEFAULT') await applyRotation(id, properties, kms);
  if (boolean(properties, 'Enabled') === false) await kms.disableKey({ KeyId: id });
}

async function applyRotation(id: string, properties: Properties, kms: KMS): Promise<void> {
  const RotationPeriodInDays = number(properties, 'RotationPeriodInDays') ?? 365;
  if (boolean(properties, 'EnableKeyRotation'))
    await kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays });
  else await kms.disableKeyRotation({ KeyId: id });
}

const key: ResourceProvider = {
  properties: [
    'BypassPolicyLockoutSafetyCheck',
    'Description',
    'Enabled',
    'EnableKeyRotation',
    'KeyPolicy',
    'KeySpec',
    'KeyUsage',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Tags',
  ],
  writeOnly: ['BypassPolicyLockoutSafetyCheck', 'PendingWindowInDays'],

  async create(properties, context) {
    const { KeyMetadata: made } = await kmsOf(context).createKey({
      Description: text(properties, 'Description'),
      KeySpec: text(properties, 'KeySpec') as CreateKeyRequest['KeySpec'],
      KeyUsage: text(properties, 'KeyUsage') as CreateKeyRequest['KeyUsage'],
      Policy: policyOf(properties),
      BypassPolicyLockoutSafetyCheck: boolean(properties, 'BypassPolicyLockoutSafetyCheck'),
      Tags: inKmsWords(tagsFor(properties, context)),
    });
    const id = made?.KeyId ?? '';
    await applyState(id, properties, context);
    return shown(id, context);
  },

  async update(id, { properties, previous }, context) {
    refuseOtherKind(properties, previous);
    const kms = kmsOf(context);
    const Policy = policyOf(properties);
    if (Policy !== undefined)
      await kms.putKeyPolicy({
        KeyId: id,
        Policy,
        BypassPolicyLockoutSafetyCheck: boolean(properties, 'BypassPolicyLockoutSafetyCheck'),
      });
    const Description = text(properties, 'Description') ?? '';
    await kms.updateKeyDescription({ KeyId: id, Description });
    await retag(id, properties, context);
    await applyState(id, properties, context);
    return shown(id, context);
  },

  delete: (id, properties, context) =>
    ignoring(
      ['NotFoundException', 'KMSInvalidStateException'],
      kmsOf(context).scheduleKeyDeletion({
        KeyId: id,
        PendingWindowInDays: number(properties, 'PendingWindowInDays'),
      }),
    ),
};

/** CloudFormation fails here rather than replacing a key that may be all that opens some data. */
function refuseOtherKind(properties: Properties, previous: Properties): void {
  const changed = ['KeySpec', 'KeyUsage'].find((name) => properties[name] !== previous[name]);
  if (changed !== undefined)
    // Text unverified.
    throw awsError('InvalidRequest', `You cannot change ${changed} of an existing KMS key.`);
}

async function retag(id: string, properties: Properties, context: ProviderContext): Promise<void> {
  const kms = kmsOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await kms.listResourceTags({ KeyId: id })).Tags ?? []).map(({ TagKey }) => TagKey),
    remove: (TagKeys) => kms.untagResource({ KeyId: id, TagKeys }),
    set: (tags) => kms.tagResource({ KeyId: id, Tags: inKmsWords(tags) }),
  });
}

/** A target may be an ARN; aliases keep the id. */
const targetOf = (properties: Properties) => {
  const target = required(properties, 'TargetKeyId');
  return target.slice(target.lastIndexOf('/') + 1);
};

const alias: ResourceProvider = {
  properties: ['AliasName', 'TargetKeyId'],

  async create(properties, context) {
    const AliasName = required(properties, 'AliasName');
    await kmsOf(context).createAlias({ AliasName, TargetKeyId: targetOf(properties) });
    return { physicalId: AliasName };
  },

  async update(AliasName, { properties }, context) {
    await kmsOf(context).updateAlias({ AliasName, TargetKeyId: targetOf(properties) });
    return { physicalId: AliasName };
  },

  delete: (AliasName, _properties, context) =>
    ignoring(['NotFoundException'], kmsOf(context).deleteAlias({ AliasName })),
};

export default {
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
} satisfies ResourceProviders;
