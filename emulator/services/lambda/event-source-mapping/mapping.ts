/** What fetches messages of a queue and hands them to a function. */
export interface Mapping {
  id: string;
  /** As given: a function's name, or an ARN with or without a qualifier, made into an ARN. */
  functionArn: string;
  sourceArn: string;
  state: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';
  batchSize: number;
  /** Seconds that a batch may be gathered for. */
  window: number;
  responseTypes: 'ReportBatchItemFailures'[];
  maximumConcurrency?: number | undefined;
  /** Patterns as given; a message that fits one of them is handed over. */
  filters: string[];
  kmsKeyArn?: string | undefined;
  /** Counts what becomes of messages, for CloudWatch. */
  countsEvents: boolean;
  modifiedAt: Date;
  tags: Record<string, string>;
  /** Throttles without a success between them, which is how long the next pause is. */
  throttles: number;
  /** Nothing is fetched until then, in simulated milliseconds. */
  pausedUntil?: number | undefined;
}

export const isFifo = ({ sourceArn }: Pick<Mapping, 'sourceArn'>): boolean =>
  sourceArn.endsWith('.fifo');
