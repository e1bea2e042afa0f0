import { asText } from '../../../cloudformation/as-text';
import { required, tagsFor } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { cloudWatchOf, commonSettings, numbered, texted, updateTags } from './members';

const alarmArn = (name: string, { accountId, region }: ProviderContext): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

async function put(AlarmName: string, properties: Properties, context: ProviderContext) {
  await cloudWatchOf(context).putCompositeAlarm({
    AlarmName,
    AlarmRule: required(properties, 'AlarmRule').trim(),
    ...commonSettings(properties),
    ...texted(properties, 'ActionsSuppressor'),
    ...numbered(properties, 'ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'),
    Tags: tagsFor(properties, context),
  });
  return { physicalId: AlarmName, attributes: { Arn: alarmArn(AlarmName, context) } };
}

export const compositeAlarm: ResourceProvider = {
  properties: [
    'ActionsEnabled',
    'ActionsSuppressor',
    'ActionsSuppressorExtensionPeriod',
    'ActionsSuppressorWaitPeriod',
    'AlarmActions',
    'AlarmDescription',
    'AlarmName',
    'AlarmRule',
    'InsufficientDataActions',
    'OKActions',
    'Tags',
  ],

  create: (properties, context) =>
    put(asText(properties['AlarmName'] ?? context.physicalName(255)), properties, context),

  async update(name, { properties }, context) {
    const provided = await put(name, properties, context);
    await updateTags(alarmArn(name, context), properties, context);
    return provided;
  },

  async delete(name, _properties, context) {
    await cloudWatchOf(context).deleteAlarms({ AlarmNames: [name] });
  },
};
