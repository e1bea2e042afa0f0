import { asText } from '../../cloudformation/as-text';
import { ignoring, tagsFor } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { readQueueUrl } from '../../queue-address';
import { tagRecord } from '../../tags';
import { queueInlinePolicy, queuePolicy, sqsOf } from './policy-resources';
import { table } from '../../table';

const attributeNames = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

const stored = ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

/** What a property goes back to when a template no longer sets it. */
const resets: Record<string, string> = table({
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
});

const attributesOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    [...attributeNames, ...stored].flatMap((name) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, asText(value)]];
    }),
  );

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

/** A KMS key by itself ends the encryption by SQS that is the default. */
const isOutdone = (name: string, wanted: Record<string, string>): boolean =>
  name === 'SqsManagedSseEnabled' && wanted['KmsMasterKeyId'] !== undefined;

/** A FIFO queue without a name gets one that ends as it must. */
const nameFor = (properties: Properties, { physicalName }: ProviderContext): string =>
  asText(properties['FifoQueue'] ?? false) === 'true'
    ? `${physicalName(75)}.fifo`
    : physicalName(80);

const queue: ResourceProvider = {
  properties: [...attributeNames, 'QueueName', 'Tags'],
  stored,

  async create(properties, context) {
    const { QueueUrl = '' } = await sqsOf(context).createQueue({
      QueueName: asText(properties['QueueName'] ?? nameFor(properties, context)),
      Attributes: attributesOf(properties),
      tags: tagRecord(tagsFor(properties, context)),
    });
    return shown(QueueUrl, context);
  },

  async update(url, { properties, previous }, context) {
    const sqs = sqsOf(context);
    const gone = Object.keys(attributesOf(previous)).filter((name) => name in resets);
    const wanted = attributesOf(properties);
    const Attributes = {
      ...Object.fromEntries(
        gone.filter((name) => !isOutdone(name, wanted)).map((name) => [name, resets[name] ?? '']),
      ),
      ...wanted,
    };
    if (Object.keys(Attributes).length > 0)
      await sqs.setQueueAttributes({ QueueUrl: url, Attributes });
    await replaceTags(tagsFor(properties, context), {
      keys: async () => Object.keys((await sqs.listQueueTags({ QueueUrl: url })).Tags ?? {}),
      remove: (TagKeys) => sqs.untagQueue({ QueueUrl: url, TagKeys }),
      set: (tags) => sqs.tagQueue({ QueueUrl: url, Tags: tagRecord(tags) }),
    });
    return shown(url, context);
  },

  async delete(url, _properties, context) {
    await ignoring(['QueueDoesNotExist'], sqsOf(context).deleteQueue({ QueueUrl: url }));
  },
};

export default {
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::SQS::QueueInlinePolicy': queueInlinePolicy,
} satisfies ResourceProviders;
