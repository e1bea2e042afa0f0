import { QueueDoesNotExist, type SQS } from '@aws-sdk/client-sqs';
import { asText } from '../../cloudformation/as-text';
import { heldPolicy } from '../../cloudformation/policy-holders';
import { ignoring } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';
import { parseJson } from '../../json';

export const sqsOf = (context: ProviderContext): SQS => context.client<SQS>('sqs');

async function setPolicy(
  urls: readonly string[],
  document: unknown,
  context: ProviderContext,
): Promise<void> {
  const Attributes = { Policy: document === undefined ? '' : asText(document) };
  for (const QueueUrl of urls) {
    const done = sqsOf(context).setQueueAttributes({ QueueUrl, Attributes });
    await (document === undefined ? ignoring(['QueueDoesNotExist'], done) : done);
  }
}

const urlsOf = (properties: Properties): string[] =>
  (properties['Queues'] as string[] | undefined) ?? [];

async function policyOf(QueueUrl: string, context: ProviderContext): Promise<string | undefined> {
  try {
    const asked = { QueueUrl, AttributeNames: ['Policy' as const] };
    return (await sqsOf(context).getQueueAttributes(asked)).Attributes?.Policy;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

/** AWS::SQS::QueuePolicy: the policy of several queues. */
export const queuePolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'Queues'],

  async create(properties, context) {
    await setPolicy(urlsOf(properties), properties['PolicyDocument'], context);
    const physicalId = context.physicalName(80);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(physicalId, { properties, previous }, context) {
    const kept = urlsOf(properties);
    const left = urlsOf(previous).filter((url) => !kept.includes(url));
    await setPolicy(left, undefined, context);
    await setPolicy(kept, properties['PolicyDocument'], context);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete(_physicalId, properties, context) {
    await setPolicy(urlsOf(properties), undefined, context);
  },

  async read(_physicalId, properties, context) {
    const documents: [string, string | undefined][] = [];
    for (const url of urlsOf(properties)) documents.push([url, await policyOf(url, context)]);
    const held = heldPolicy(properties['PolicyDocument'], documents);
    return held && { Queues: held.holders, PolicyDocument: held.document };
  },
};

/** AWS::SQS::QueueInlinePolicy: the policy of one queue. */
export const queueInlinePolicy: ResourceProvider = {
  properties: ['PolicyDocument', 'Queue'],

  async create(properties, context) {
    const url = asText(properties['Queue']);
    await setPolicy([url], properties['PolicyDocument'], context);
    return { physicalId: url };
  },

  async update(url, { properties }, context) {
    await setPolicy([url], properties['PolicyDocument'], context);
    return { physicalId: url };
  },

  async delete(url, _properties, context) {
    await setPolicy([url], undefined, context);
  },

  async read(Queue, _properties, context) {
    const document = await policyOf(Queue, context);
    return document === undefined ? undefined : { Queue, PolicyDocument: parseJson(document) };
  },
};
