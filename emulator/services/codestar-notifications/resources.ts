import { ignoring, objects, required, text, texts } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import type { CodeStarNotificationsApi, Target } from '../../../sdk/codestar-notifications/api';

const clientOf = (context: ProviderContext): CodeStarNotificationsApi =>
  context.client<CodeStarNotificationsApi>('codestar-notifications');

/** Tags are a map here, not the usual list. */
const tagsOf = (properties: Properties, context: ProviderContext): Record<string, string> => ({
  ...context.tags,
  ...(properties['Tags'] as Record<string, string> | undefined),
});

const settingsOf = (properties: Properties) => ({
  Name: required(properties, 'Name'),
  DetailType: required(properties, 'DetailType'),
  EventTypeIds: texts(properties, 'EventTypeIds') ?? [],
  Status: text(properties, 'Status') ?? 'ENABLED',
  Targets: objects(properties, 'Targets').map((target): Target => ({
    TargetType: required(target, 'TargetType'),
    TargetAddress: required(target, 'TargetAddress'),
  })),
});

const provided = (Arn: string) => ({ physicalId: Arn, attributes: { Arn } });

const notificationRule: ResourceProvider = {
  properties: [
    'DetailType',
    'EventTypeIds',
    'Name',
    'Resource',
    'Status',
    'Tags',
    'Targets.TargetAddress',
    'Targets.TargetType',
  ],

  async create(properties, context) {
    const { Arn = '' } = await clientOf(context).createNotificationRule({
      ...settingsOf(properties),
      Resource: required(properties, 'Resource'),
      Tags: tagsOf(properties, context),
    });
    return provided(Arn);
  },

  async update(Arn, { properties, previous }, context) {
    const client = clientOf(context);
    await client.updateNotificationRule({ Arn, ...settingsOf(properties) });
    const wanted = tagsOf(properties, context);
    const TagKeys = Object.keys(tagsOf(previous, context)).filter((key) => !(key in wanted));
    if (TagKeys.length > 0) await client.untagResource({ Arn, TagKeys });
    await client.tagResource({ Arn, Tags: wanted });
    return provided(Arn);
  },

  async delete(Arn, _properties, context) {
    await ignoring(
      ['ResourceNotFoundException'],
      clientOf(context).deleteNotificationRule({ Arn }),
    );
  },
};

export default {
  'AWS::CodeStarNotifications::NotificationRule': notificationRule,
} satisfies ResourceProviders;
