import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { LambdaCall } from '../state';
import type { Mapping } from './mapping';

export const mappingArn = ({ id }: Pick<Mapping, 'id'>, call: LambdaCall): string =>
  call.arn(`event-source-mapping:${id}`);

/** A mapping as the API shows it. */
export const shown = (
  mapping: Mapping,
  call: LambdaCall,
): Omit<EventSourceMappingConfiguration, '$metadata'> => ({
  UUID: mapping.id,
  EventSourceMappingArn: mappingArn(mapping, call),
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.window,
  EventSourceArn: mapping.sourceArn,
  FunctionArn: mapping.functionArn,
  LastModified: mapping.modifiedAt,
  State: mapping.state,
  StateTransitionReason: 'USER_INITIATED',
  FunctionResponseTypes: mapping.responseTypes,
  ...(mapping.filters.length > 0
    ? { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } }
    : {}),
  ...(mapping.maximumConcurrency === undefined
    ? {}
    : { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }),
  ...(mapping.kmsKeyArn === undefined ? {} : { KMSKeyArn: mapping.kmsKeyArn }),
  ...(mapping.countsEvents ? { MetricsConfig: { Metrics: ['EventCount'] } } : {}),
});
