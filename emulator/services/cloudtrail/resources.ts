import type { CloudTrail, EventSelector, InsightSelector } from '@aws-sdk/client-cloudtrail';
import {
  boolean,
  ignoring,
  objects,
  required,
  tagsFor,
  text,
} from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProviders } from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';

const cloudtrailOf = (context: ProviderContext) => context.client<CloudTrail>('cloudtrail');

/** Member of the API → property of the template, where an update takes back what it no longer says. */
const texts = {
  S3KeyPrefix: 'S3KeyPrefix',
  CloudWatchLogsLogGroupArn: 'CloudWatchLogsLogGroupArn',
  CloudWatchLogsRoleArn: 'CloudWatchLogsRoleArn',
  KmsKeyId: 'KMSKeyId',
  SnsTopicName: 'SnsTopicName',
};

const settingsOf = (properties: Properties) => ({
  S3BucketName: required(properties, 'S3BucketName'),
  IncludeGlobalServiceEvents: boolean(properties, 'IncludeGlobalServiceEvents') ?? true,
  IsMultiRegionTrail: boolean(properties, 'IsMultiRegionTrail') ?? false,
  EnableLogFileValidation: boolean(properties, 'EnableLogFileValidation') ?? false,
  ...Object.fromEntries(
    Object.entries(texts).map(([member, name]) => [member, text(properties, name) ?? '']),
  ),
});

const insightsOf = (properties: Properties) =>
  objects(properties, 'InsightSelectors') as InsightSelector[];

interface Change {
  properties: Properties;
  /** Nothing of a new trail. */
  previous: Properties;
}

async function settle(name: string, { properties, previous }: Change, context: ProviderContext) {
  const client = cloudtrailOf(context);
  const selectors = objects(properties, 'EventSelectors') as EventSelector[];
  if (selectors.length > 0)
    await client.putEventSelectors({ TrailName: name, EventSelectors: selectors });
  const InsightSelectors = insightsOf(properties);
  if (InsightSelectors.length > 0 || insightsOf(previous).length > 0)
    await client.putInsightSelectors({ TrailName: name, InsightSelectors });
  if (boolean(properties, 'IsLogging')) await client.startLogging({ Name: name });
  else await client.stopLogging({ Name: name });
  const { Trail } = await client.getTrail({ Name: name });
  return {
    physicalId: name,
    attributes: {
      Arn: Trail?.TrailARN,
      ...(Trail?.SnsTopicARN === undefined ? {} : { SnsTopicArn: Trail.SnsTopicARN }),
    },
  };
}

async function retag(name: string, properties: Properties, context: ProviderContext) {
  const client = cloudtrailOf(context);
  const { Trail } = await client.getTrail({ Name: name });
  const ResourceId = Trail?.TrailARN ?? '';
  await replaceTags(tagsFor(properties, context), {
    async keys() {
      const { ResourceTagList = [] } = await client.listTags({ ResourceIdList: [ResourceId] });
      return (ResourceTagList[0]?.TagsList ?? []).map(({ Key }) => Key);
    },
    remove: (keys) => client.removeTags({ ResourceId, TagsList: keys.map((Key) => ({ Key })) }),
    set: (TagsList) => client.addTags({ ResourceId, TagsList }),
  });
}

export default {
  'AWS::CloudTrail::Trail': {
    properties: [
      'CloudWatchLogsLogGroupArn',
      'CloudWatchLogsRoleArn',
      'EventSelectors.ExcludeManagementEventSources',
      'EventSelectors.IncludeManagementEvents',
      'EventSelectors.ReadWriteType',
      'IncludeGlobalServiceEvents',
      'IsLogging',
      'IsMultiRegionTrail',
      'S3BucketName',
      'S3KeyPrefix',
      'Tags',
      'TrailName',
    ],
    stored: [
      'EnableLogFileValidation',
      'InsightSelectors.EventCategories',
      'InsightSelectors.InsightType',
      'KMSKeyId',
      'SnsTopicName',
    ],

    async create(properties, context) {
      const name = text(properties, 'TrailName') ?? context.physicalName(128);
      await cloudtrailOf(context).createTrail({
        Name: name,
        ...settingsOf(properties),
        TagsList: tagsFor(properties, context),
      });
      return settle(name, { properties, previous: {} }, context);
    },

    async update(name, change, context) {
      await cloudtrailOf(context).updateTrail({ Name: name, ...settingsOf(change.properties) });
      await retag(name, change.properties, context);
      return settle(name, change, context);
    },

    async delete(name, _properties, context) {
      await ignoring(['TrailNotFoundException'], cloudtrailOf(context).deleteTrail({ Name: name }));
    },
  },
} satisfies ResourceProviders;
