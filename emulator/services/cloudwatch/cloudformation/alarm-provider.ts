import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { asText } from '../../../cloudformation/as-text';
import { tagsFor } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { cloudWatchOf, commonSettings, updateTags } from './members';

const alarmArn = (name: string, { accountId, region }: ProviderContext): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

const common = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
];

const commonInput = (AlarmName: string, properties: Properties, context: ProviderContext) => ({
  AlarmName,
  ...commonSettings(properties),
  Tags: tagsFor(properties, context),
});

interface Kind {
  /** Properties that only this kind of alarms has. */
  properties: readonly string[];
  /** Puts an alarm, given what all kinds have in common. */
  put(
    cloudwatch: CloudWatch,
    common: ReturnType<typeof commonInput>,
    properties: Properties,
  ): Promise<unknown>;
}

/** The provider of one of the two types of alarms, which differ in their settings only. */
export function alarmProvider(kind: Kind): ResourceProvider {
  async function put(name: string, properties: Properties, context: ProviderContext) {
    const input = commonInput(name, properties, context);
    await kind.put(cloudWatchOf(context), input, properties);
    return { physicalId: name, attributes: { Arn: alarmArn(name, context) } };
  }

  return {
    properties: [...common, ...kind.properties],

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
}
