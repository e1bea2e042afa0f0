import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { asText } from '../../cloudformation/as-text';
import { ignoring, number, required, text } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';

const eventsOf = (context: ProviderContext): EventBridge =>
  context.client<EventBridge>('eventbridge');

const patternOf = ({ EventPattern }: Properties): string | undefined =>
  EventPattern === undefined ? undefined : asText(EventPattern);

/** AWS::Events::Archive, its Ref its name. */
export const archive: ResourceProvider = {
  properties: ['ArchiveName', 'Description', 'EventPattern', 'RetentionDays', 'SourceArn'],

  async create(properties, context) {
    const ArchiveName = text(properties, 'ArchiveName') ?? context.physicalName(48);
    const { ArchiveArn } = await eventsOf(context).createArchive({
      ArchiveName,
      EventSourceArn: required(properties, 'SourceArn'),
      Description: text(properties, 'Description'),
      EventPattern: patternOf(properties),
      RetentionDays: number(properties, 'RetentionDays'),
    });
    return { physicalId: ArchiveName, attributes: { Arn: ArchiveArn, ArchiveName } };
  },

  async update(ArchiveName, { properties }, context) {
    const { ArchiveArn } = await eventsOf(context).updateArchive({
      ArchiveName,
      Description: text(properties, 'Description') ?? '',
      EventPattern: patternOf(properties) ?? '',
      RetentionDays: number(properties, 'RetentionDays') ?? 0,
    });
    return { physicalId: ArchiveName, attributes: { Arn: ArchiveArn, ArchiveName } };
  },

  async delete(ArchiveName, _properties, context) {
    await ignoring(['ResourceNotFoundException'], eventsOf(context).deleteArchive({ ArchiveName }));
  },
};
