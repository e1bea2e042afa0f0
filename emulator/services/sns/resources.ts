import type { SNS } from '@aws-sdk/client-sns';
import { asText } from '../../cloudformation/as-text';
import { tagsFor } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { tagList, tagRecord } from '../../tags';
import { snsOf, topicInlinePolicy, topicPolicy } from './policy-resources';
import { subscription } from './subscription-resource';
import { table } from '../../table';

const stored = ['KmsMasterKeyId', 'TracingConfig'];
const topicAttributes = [
  'ContentBasedDeduplication',
  'DisplayName',
  'FifoThroughputScope',
  'FifoTopic',
  'SignatureVersion',
  ...stored,
];

/** What an attribute goes back to when a template no longer sets it. */
const resets: Record<string, string> = table({
  ContentBasedDeduplication: 'false',
  FifoThroughputScope: 'Topic',
  SignatureVersion: '1',
  TracingConfig: 'PassThrough',
});

interface Inline {
  Protocol: string;
  Endpoint: string;
}

const inlineOf = (properties: Properties): Inline[] =>
  (properties['Subscription'] as Inline[] | undefined) ?? [];

const isIn = (
  list: Inline[],
  { Protocol, Endpoint }: Partial<Record<keyof Inline, string | undefined>>,
): boolean => list.some((one) => one.Protocol === Protocol && one.Endpoint === Endpoint);

const attributesOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    topicAttributes.flatMap((name) =>
      properties[name] === undefined ? [] : [[name, asText(properties[name])]],
    ),
  );

const shown = (arn: string) => ({
  physicalId: arn,
  attributes: { TopicArn: arn, TopicName: arn.slice(arn.lastIndexOf(':') + 1) },
});

/** A FIFO topic without a name gets one that ends as it must. */
const nameFor = (properties: Properties, { physicalName }: ProviderContext): string =>
  asText(properties['FifoTopic'] ?? false) === 'true'
    ? `${physicalName(251)}.fifo`
    : physicalName(256);

const topic: ResourceProvider = {
  properties: [
    'ContentBasedDeduplication',
    'DisplayName',
    'FifoThroughputScope',
    'FifoTopic',
    'SignatureVersion',
    'Subscription.Endpoint',
    'Subscription.Protocol',
    'Tags',
    'TopicName',
  ],
  stored,

  async create(properties, context) {
    const sns = snsOf(context);
    const { TopicArn = '' } = await sns.createTopic({
      Name: asText(properties['TopicName'] ?? nameFor(properties, context)),
      Attributes: attributesOf(properties),
      Tags: tagsFor(properties, context),
    });
    for (const inline of inlineOf(properties)) await sns.subscribe({ TopicArn, ...inline });
    return shown(TopicArn);
  },

  async update(arn, { properties, previous }, context) {
    const sns = snsOf(context);
    for (const name of topicAttributes.filter((one) => one !== 'FifoTopic')) {
      if (properties[name] === previous[name]) continue;
      const AttributeValue = asText(properties[name] ?? resets[name] ?? '');
      await sns.setTopicAttributes({ TopicArn: arn, AttributeName: name, AttributeValue });
    }
    await updateInline(arn, { properties, previous }, sns);
    await updateTags(arn, tagRecord(tagsFor(properties, context)), sns);
    return shown(arn);
  },

  async delete(arn, _properties, context) {
    await snsOf(context).deleteTopic({ TopicArn: arn });
  },
};

async function updateInline(
  TopicArn: string,
  { properties, previous }: { properties: Properties; previous: Properties },
  sns: SNS,
): Promise<void> {
  const [wanted, before] = [inlineOf(properties), inlineOf(previous)];
  const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
  const dropped = before.filter((one) => !isIn(wanted, one));
  for (const { SubscriptionArn, ...one } of Subscriptions)
    if (isIn(dropped, one)) await sns.unsubscribe({ SubscriptionArn });
  for (const one of wanted) if (!isIn(before, one)) await sns.subscribe({ TopicArn, ...one });
}

async function updateTags(
  ResourceArn: string,
  tags: Record<string, string>,
  sns: SNS,
): Promise<void> {
  await replaceTags(tagList(tags), {
    keys: async () =>
      ((await sns.listTagsForResource({ ResourceArn })).Tags ?? []).map(({ Key }) => Key),
    remove: (TagKeys) => sns.untagResource({ ResourceArn, TagKeys }),
    set: (Tags) => sns.tagResource({ ResourceArn, Tags }),
  });
}

export default {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SNS::TopicInlinePolicy': topicInlinePolicy,
  'AWS::SNS::Subscription': subscription,
} satisfies ResourceProviders;
