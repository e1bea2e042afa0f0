import { NotFoundException, type SNS } from '@aws-sdk/client-sns';
import { asText } from '../../cloudformation/as-text';
import { heldPolicy } from '../../cloudformation/policy-holders';
import { ignoring } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';
import { parseJson } from '../../json';
import { defaultPolicy } from './topic-policy';

export const snsOf = (context: ProviderContext): SNS => context.client<SNS>('sns');

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

/** The policy of a topic, unless it is the one that every topic is made with. */
async function policyOf(TopicArn: string, context: ProviderContext): Promise<string | undefined> {
  try {
    const { Attributes } = await snsOf(context).getTopicAttributes({ TopicArn });
    const policy = Attributes?.['Policy'];
    return policy === defaultPolicy(TopicArn, context.accountId) ? undefined : policy;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/** AWS::SNS::TopicPolicy: the policy of several topics. */
export const topicPolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'Topics'],

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

  async read(_physicalId, properties, context) {
    const documents: [string, string | undefined][] = [];
    for (const arn of topicsOf(properties)) documents.push([arn, await policyOf(arn, context)]);
    const held = heldPolicy(properties['PolicyDocument'], documents);
    return held && { Topics: held.holders, PolicyDocument: held.document };
  },
};

/** AWS::SNS::TopicInlinePolicy: the policy of one topic. */
export const topicInlinePolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'TopicArn'],

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

  async read(TopicArn, _properties, context) {
    const document = await policyOf(TopicArn, context);
    return document === undefined ? undefined : { TopicArn, PolicyDocument: parseJson(document) };
  },
};
