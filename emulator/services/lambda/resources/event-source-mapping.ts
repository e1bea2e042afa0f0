import type { EventSourceMappingConfiguration, FunctionResponseType } from '@aws-sdk/client-lambda';
import {
  boolean,
  ignoring,
  number,
  object,
  objects,
  required,
  tagsFor,
  text,
  texts,
} from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { tagList, tagRecord } from '../../../tags';
import { given, gone, lambdaOf, updateTags, orGone } from './lambda-of';

/** AWS::Lambda::EventSourceMapping of a queue; Ref answers its UUID. */
export const eventSourceMapping: ResourceProvider = {
  properties: [
    'BatchSize',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
    'MetricsConfig',
    'ScalingConfig',
    'Tags',
  ],
  stored: ['KmsKeyArn'],

  async create(properties, context) {
    const made = await lambdaOf(context).createEventSourceMapping({
      ...inputOf(properties),
      EventSourceArn: required(properties, 'EventSourceArn'),
      Tags: tagRecord(tagsFor(properties, context)),
    });
    return provided(made);
  },

  async update(UUID, { properties }, context) {
    const lambda = lambdaOf(context);
    const made = await lambda.updateEventSourceMapping({ UUID, ...inputOf(properties) });
    await updateTags(made.EventSourceMappingArn ?? '', properties, context);
    return provided(made);
  },

  async delete(UUID, _properties, context) {
    await ignoring(gone, lambdaOf(context).deleteEventSourceMapping({ UUID }));
  },

  async read(UUID, properties, context) {
    const lambda = lambdaOf(context);
    const found = await orGone(lambda.getEventSourceMapping({ UUID }));
    if (!found) return undefined;
    const { Tags = {} } = await lambda.listTags({ Resource: found.EventSourceMappingArn });
    return { ...shown(found, properties, context), Tags: tagList(Tags) };
  },
};

const provided = (made: EventSourceMappingConfiguration) => ({
  physicalId: made.UUID ?? '',
  attributes: { Id: made.UUID ?? '', EventSourceMappingArn: made.EventSourceMappingArn ?? '' },
});

/** What is not set goes back to AWS's default. */
const inputOf = (properties: Properties) => ({
  FunctionName: required(properties, 'FunctionName'),
  BatchSize: number(properties, 'BatchSize') ?? 10,
  MaximumBatchingWindowInSeconds: number(properties, 'MaximumBatchingWindowInSeconds') ?? 0,
  Enabled: boolean(properties, 'Enabled') ?? true,
  FunctionResponseTypes: (texts(properties, 'FunctionResponseTypes') ??
    []) as FunctionResponseType[],
  FilterCriteria: filtersOf(properties),
  ScalingConfig: scalingOf(properties),
  MetricsConfig: object(properties, 'MetricsConfig') ?? { Metrics: [] },
  KMSKeyArn: text(properties, 'KmsKeyArn') ?? '',
});

const filtersOf = (properties: Properties) => ({
  Filters: objects(object(properties, 'FilterCriteria') ?? {}, 'Filters'),
});

const scalingOf = (properties: Properties) =>
  given({
    MaximumConcurrency: number(object(properties, 'ScalingConfig') ?? {}, 'MaximumConcurrency'),
  });

/** A template names a function by name or ARN, and either is no drift. */
function shown(
  found: EventSourceMappingConfiguration,
  properties: Properties,
  { accountId, region }: ProviderContext,
) {
  const named = required(properties, 'FunctionName');
  const arn = named.startsWith('arn:')
    ? named
    : `arn:aws:lambda:${region}:${accountId}:function:${named}`;
  return given({
    EventSourceArn: found.EventSourceArn,
    FunctionName: found.FunctionArn === arn ? named : found.FunctionArn,
    BatchSize: found.BatchSize,
    MaximumBatchingWindowInSeconds: found.MaximumBatchingWindowInSeconds,
    Enabled: !found.State?.startsWith('Disabl'),
    FunctionResponseTypes: found.FunctionResponseTypes,
    FilterCriteria: found.FilterCriteria,
    ScalingConfig: found.ScalingConfig,
    MetricsConfig: found.MetricsConfig ?? { Metrics: [] },
    KmsKeyArn: found.KMSKeyArn,
  });
}
