import type { SQS } from '@aws-sdk/client-sqs';
import { asText } from '../../cloudformation/as-text';
import { ignoring, tagsFor } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { readQueueUrl } from '../../queue-address';
import { tagRecord } from '../../tags';

const attributeNames = [
  'DelaySeconds',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
] as const;

/** What a property goes back to when a template no longer sets it. */
const resets: Record<string, string> = {
  DelaySeconds: '0',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

const sqsOf = (context: ProviderContext): SQS => context.client<SQS>('sqs');

function attributesOf(properties: Properties): Record<string, string> {
  return Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = properties[name];
      // CDK and people write FifoQueue: false for a standard queue, which AWS leaves out.
      const isUnset = value === undefined || (name === 'FifoQueue' && asText(value) === 'false');
      return isUnset ? [] : [[name, asText(value)]];
    }),
  );
}

function shown(url: string, { accountId, region }: ProviderContext) {
  const name = readQueueUrl(url)?.name ?? '';
  return {
    physicalId: url,
    attributes: {
      Arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
      QueueName: name,
      QueueUrl: url,
    },
  };
}

const queue: ResourceProvider = {
  async create(properties, context) {
    const { QueueUrl = '' } = await sqsOf(context).createQueue({
      QueueName: asText(properties['QueueName'] ?? context.physicalName(80)),
      Attributes: attributesOf(properties),
      tags: tagRecord(tagsFor(properties, context)),
    });
    return shown(QueueUrl, context);
  },

  async update(url, { properties, previous }, context) {
    const sqs = sqsOf(context);
    const gone = Object.keys(attributesOf(previous)).filter((name) => name in resets);
    const Attributes = {
      ...Object.fromEntries(gone.map((name) => [name, resets[name] ?? ''])),
      ...attributesOf(properties),
    };
    if (Object.keys(Attributes).length > 0)
      await sqs.setQueueAttributes({ QueueUrl: url, Attributes });
    const tags = tagRecord(tagsFor(properties, context));
    const { Tags: known = {} } = await sqs.listQueueTags({ QueueUrl: url });
    const TagKeys = Object.keys(known).filter((key) => !(key in tags));
    if (TagKeys.length > 0) await sqs.untagQueue({ QueueUrl: url, TagKeys });
    if (Object.keys(tags).length > 0) await sqs.tagQueue({ QueueUrl: url, Tags: tags });
    return shown(url, context);
  },

  async delete(url, _properties, context) {
    await ignoring(['QueueDoesNotExist'], sqsOf(context).deleteQueue({ QueueUrl: url }));
  },
};

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

const queuePolicy: ResourceProvider = {
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
};

const queueInlinePolicy: ResourceProvider = {
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
};

export default {
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SQS::QueueInlinePolicy': queueInlinePolicy,
} satisfies ResourceProviders;
