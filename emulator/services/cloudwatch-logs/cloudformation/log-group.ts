import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { boolean, number, tagsFor, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { awsError } from '../../../errors';
import { tagRecord } from '../../../tags';
import { logsOf, unlessGone, updateTags } from './logs-of';

const arnOf = (name: string, { region, accountId }: ProviderContext): string =>
  `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

const shown = (name: string, context: ProviderContext) => ({
  physicalId: name,
  attributes: { Arn: `${arnOf(name, context)}:*` },
});

async function setRetention(name: string, properties: Properties, context: ProviderContext) {
  const retentionInDays = number(properties, 'RetentionInDays');
  const logs = logsOf(context);
  if (retentionInDays === undefined) await logs.deleteRetentionPolicy({ logGroupName: name });
  else await logs.putRetentionPolicy({ logGroupName: name, retentionInDays });
}

async function setKey(name: string, properties: Properties, context: ProviderContext) {
  const kmsKeyId = text(properties, 'KmsKeyId');
  const logs = logsOf(context);
  if (kmsKeyId === undefined) await logs.disassociateKmsKey({ logGroupName: name });
  else await logs.associateKmsKey({ logGroupName: name, kmsKeyId });
}

/** AWS::Logs::LogGroup */
export const logGroup: ResourceProvider = {
  properties: [
    'DeletionProtectionEnabled',
    'LogGroupClass',
    'LogGroupName',
    'RetentionInDays',
    'Tags',
  ],
  stored: ['KmsKeyId'],

  async create(properties, context) {
    const name = text(properties, 'LogGroupName') ?? context.physicalName(512);
    const kmsKeyId = text(properties, 'KmsKeyId');
    await logsOf(context).createLogGroup({
      logGroupName: name,
      logGroupClass: (text(properties, 'LogGroupClass') ?? 'STANDARD') as LogGroupClass,
      deletionProtectionEnabled: boolean(properties, 'DeletionProtectionEnabled') ?? false,
      tags: tagRecord(tagsFor(properties, context)),
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    });
    await setRetention(name, properties, context);
    return shown(name, context);
  },

  async update(name, { properties, previous }, context) {
    const [to, from] = [properties, previous].map((each) => text(each, 'LogGroupClass'));
    if ((to ?? 'STANDARD') !== (from ?? 'STANDARD'))
      // The text was not verified.
      throw awsError('InvalidRequest', 'LogGroupClass cannot be changed after creation.');
    await setRetention(name, properties, context);
    await setKey(name, properties, context);
    await logsOf(context).putLogGroupDeletionProtection({
      logGroupIdentifier: name,
      deletionProtectionEnabled: boolean(properties, 'DeletionProtectionEnabled') ?? false,
    });
    await updateTags(arnOf(name, context), properties, context);
    return shown(name, context);
  },

  async delete(name, _properties, context) {
    await unlessGone(logsOf(context).deleteLogGroup({ logGroupName: name }));
  },
};
