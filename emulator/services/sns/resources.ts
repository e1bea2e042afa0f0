import type { SNS } from '@aws-sdk/client-sns';
import { asText } from '../../cloudformation/as-text';
import { ignoring, tagsFor } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { tagList, tagRecord } from '../../tags';
import { subscription } from './subscription-resource';
import { defaultPolicy } from './topic-policy';

const topicAttributes = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

const snsOf = (context: ProviderContext): SNS => context.client<SNS>('sns');

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
    [...topicAttributes, 'FifoTopic'].flatMap((name) =>
      properties[name] === undefined || asText(properties[name]) === 'false'
        ? []
        : [[name, asText(properties[name])]],
    ),
  );

const shown = (arn: string) => ({
  physicalId: arn,
  attributes: { TopicArn: arn, TopicName: arn.slice(arn.lastIndexOf(':') + 1) },
});

const topic: ResourceProvider = {
  async create(properties, context) {
    const sns = snsOf(context);
    const { TopicArn = '' } = await sns.createTopic({
      Name: asText(properties['TopicName'] ?? context.physicalName(256)),
      Attributes: attributesOf(properties),
      Tags: tagsFor(properties, context),
    });
    for (const inline of inlineOf(properties)) await sns.subscribe({ TopicArn, ...inline });
    return shown(TopicArn);
  },

  async update(arn, { properties, previous }, context) {
    const sns = snsOf(context);
    for (const name of topicAttributes) {
      if (properties[name] === previous[name]) continue;
      const AttributeValue = asText(properties[name] ?? '');
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
  const { Tags = [] } = await sns.listTagsForResource({ ResourceArn });
  const TagKeys = Tags.flatMap(({ Key = '' }) => (Key in tags ? [] : [Key]));
  if (TagKeys.length > 0) await sns.untagResource({ ResourceArn, TagKeys });
  if (Object.keys(tags).length > 0) await sns.tagResource({ ResourceArn, Tags: tagList(tags) });
}

/** Without a document the topic gets back the policy it was made with. */
async function setPolicy(
  arns: readonly string[],
  document: unknown,
  context: ProviderContext,
): Promise<void> {
  for (const TopicArn of arns) {
    const AttributeValue =
      document === undefined ? defaultPolicy(TopicArn, context.accountId) : asText(document);
    const done = snsOf(context).setTopicAttributes({
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue,
    });
    await (document === undefined ? ignoring(['NotFoundException'], done) : done);
  }
}

const topicsOf = (properties: Properties): string[] =>
  (properties['Topics'] as string[] | undefined) ?? [];

const topicPolicy: ResourceProvider = {
  async create(properties, context) {
    await setPolicy(topicsOf(properties), properties['PolicyDocument'], context);
    const physicalId = context.physicalName(256);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(physicalId, { properties, previous }, context) {
    const kept = topicsOf(properties);
    const left = topicsOf(previous).filter((arn) => !kept.includes(arn));
    await setPolicy(left, undefined, context);
    await setPolicy(kept, properties['PolicyDocument'], context);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete(_physicalId, properties, context) {
    await setPolicy(topicsOf(properties), undefined, context);
  },
};

const topicInlinePolicy: ResourceProvider = {
  async create(properties, context) {
    const arn = asText(properties['TopicArn']);
    await setPolicy([arn], properties['PolicyDocument'], context);
    return { physicalId: arn };
  },

  async update(arn, { properties }, context) {
    await setPolicy([arn], properties['PolicyDocument'], context);
    return { physicalId: arn };
  },

  async delete(arn, _properties, context) {
    await setPolicy([arn], undefined, context);
  },
};

export default {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SNS::TopicInlinePolicy': topicInlinePolicy,
  'AWS::SNS::Subscription': subscription,
} satisfies ResourceProviders;
