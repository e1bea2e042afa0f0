import type {
  CreateEventSourceMappingRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { compilePattern, PatternError } from '../../../event-pattern';
import { parseObject } from '../../../json';
import { checkRange, constraint, invalid } from '../errors';
import { isFifo, type Mapping } from './mapping';

type Input = CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest;
type Settings = Pick<
  Mapping,
  | 'batchSize'
  | 'window'
  | 'responseTypes'
  | 'maximumConcurrency'
  | 'filters'
  | 'kmsKeyArn'
  | 'countsEvents'
>;

/** AWS's defaults for a queue. */
export const defaults: Settings = {
  batchSize: 10,
  window: 0,
  responseTypes: [],
  filters: [],
  countsEvents: false,
};

/** Settings with what the input changes; FACTS C3.2 has the limits. */
export function changedSettings(before: Settings, input: Input, source: { sourceArn: string }) {
  refuseOthers(input);
  const settings: Settings = {
    batchSize: input.BatchSize ?? before.batchSize,
    window: input.MaximumBatchingWindowInSeconds ?? before.window,
    responseTypes: input.FunctionResponseTypes ?? before.responseTypes,
    kmsKeyArn: input.KMSKeyArn === undefined ? before.kmsKeyArn : input.KMSKeyArn || undefined,
    ...nested(before, input),
  };
  checkNumbers(settings);
  checkResponseTypes(settings.responseTypes);
  checkBatch(settings, isFifo(source));
  checkFilters(settings.filters);
  return settings;
}

/** A structure that is given replaces the one before, with all that it holds. */
function nested(before: Settings, input: Input) {
  const { ScalingConfig: scaling, FilterCriteria: criteria, MetricsConfig: metrics } = input;
  return {
    maximumConcurrency: scaling ? scaling.MaximumConcurrency : before.maximumConcurrency,
    filters: criteria ? (criteria.Filters ?? []).map((one) => one.Pattern ?? '') : before.filters,
    countsEvents: metrics ? metrics.Metrics?.includes('EventCount') === true : before.countsEvents,
  };
}

/** Of streams, of brokers, or with pollers of its own: nothing that a queue has, or nothing emulated. */
const ofStreams = [
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
  'DestinationConfig',
] as const;

const notEmulated = [
  'AmazonManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'LoggingConfig',
  'ProvisionedPollerConfig',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'SourceAccessConfigurations',
  'Topics',
  'Queues',
];

function refuseOthers(input: Input): void {
  const given: Record<string, unknown> = { ...input };
  const isGiven = (name: string) => given[name] !== undefined;
  const stream = ofStreams.find(isGiven);
  if (stream) throw invalid(`Unsupported ${stream} parameter for given event source mapping type.`);
  const other = notEmulated.find(isGiven);
  if (other) throw invalid(`${other} is not emulated; mappings are of SQS queues.`);
}

const ranges: [keyof Settings, string, number, number][] = [
  ['batchSize', 'batchSize', 1, 10_000],
  ['window', 'maximumBatchingWindowInSeconds', 0, 300],
  ['maximumConcurrency', 'scalingConfig.maximumConcurrency', 2, 1000],
];

function checkNumbers(settings: Settings): void {
  for (const [name, member, from, to] of ranges) {
    const value = settings[name];
    if (typeof value === 'number') checkRange(value, member, [from, to]);
  }
}

function checkResponseTypes(types: readonly string[]): void {
  if (types.some((type) => type !== 'ReportBatchItemFailures'))
    throw constraint(
      `[${types.join(', ')}]`,
      'functionResponseTypes',
      'satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]',
    );
}

function checkBatch({ batchSize, window }: Settings, isOfFifo: boolean): void {
  // The texts of these two are unverified.
  if (isOfFifo && window > 0) throw invalid('Batching window is not supported for FIFO queues');
  if (isOfFifo && batchSize > 10)
    throw invalid('BatchSize must not be greater than 10 for FIFO queues');
  if (batchSize > 10 && window === 0)
    throw invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
}

function checkFilters(patterns: string[]): void {
  // Text unverified.
  if (patterns.length > 10) throw invalid('Maximum number of filters is 10.');
  for (const pattern of patterns) if (!isPattern(pattern)) throw badFilter();
}

const badFilter = (): Error => invalid('Invalid filter pattern definition.');

function isPattern(pattern: string): boolean {
  if (!parseObject(pattern)) return false;
  try {
    compilePattern(pattern);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}
