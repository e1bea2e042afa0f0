import type { Message } from '@aws-sdk/client-sqs';
import { compilePattern, matches } from '../../../event-pattern';
import { findFunction } from '../find-function';
import { perform } from '../invoking/perform';
import type { LambdaCall } from '../state';
import { countEvents } from './event-metrics';
import type { Mapping } from './mapping';
import { filteredForm, recordOf, type SqsRecord } from './record';
import { failuresIn } from './response';
import type { Source } from './source';

/** What an invocation may be given, in bytes. */
const largestPayload = 6_291_456;

type Outcome = 'done' | 'failed' | 'throttled';

/**
 * Filters a batch, hands it to the function and deletes what it has done with: what is left comes
 * back when its visibility timeout is over.
 */
export async function processBatch(
  mapping: Mapping,
  { source, messages }: { source: Source; messages: Message[] },
  call: LambdaCall,
): Promise<Outcome> {
  const records = messages.map((message) => recordOf(message, mapping.sourceArn));
  const wanted = records.filter((record) => isWanted(mapping, record));
  const dropped = records.filter((record) => !wanted.includes(record));
  countEvents(
    mapping,
    { PolledEventCount: records.length, FilteredOutEventCount: dropped.length },
    call,
  );
  await remove(source, dropped);
  let outcome: Outcome = 'done';
  for (const part of split(wanted)) {
    const result = await handOver(mapping, { source, records: part }, call);
    if (result !== 'done') outcome = result;
  }
  return outcome;
}

function isWanted({ filters }: Mapping, record: SqsRecord): boolean {
  if (filters.length === 0) return true;
  const form = filteredForm(record);
  return filters.some((filter) => matches(compilePattern(filter), form));
}

const textOf = (records: SqsRecord[]): string => JSON.stringify({ Records: records });

/** Parts that an invocation can take; a batch is seldom too large for one. */
function split(records: SqsRecord[]): SqsRecord[][] {
  if (records.length === 0) return [];
  if (records.length === 1 || Buffer.byteLength(textOf(records)) <= largestPayload)
    return [records];
  const middle = Math.ceil(records.length / 2);
  return [...split(records.slice(0, middle)), ...split(records.slice(middle))];
}

interface Part {
  source: Source;
  records: SqsRecord[];
}

async function handOver(
  mapping: Mapping,
  { source, records }: Part,
  call: LambdaCall,
): Promise<Outcome> {
  countEvents(mapping, { InvokedEventCount: records.length }, call);
  const result = await invoke(mapping, records, call);
  const failed = result.payload === undefined ? 'all' : failures(mapping, result.payload, records);
  const done = failed === 'all' ? [] : records.filter(({ messageId }) => !failed.has(messageId));
  const count = { FailedInvokeEventCount: failed === 'all' ? records.length : 0 };
  countEvents(mapping, { ...count, DeletedEventCount: done.length }, call);
  await remove(source, done);
  return result.outcome;
}

function failures({ responseTypes }: Mapping, payload: string, records: SqsRecord[]) {
  if (!responseTypes.includes('ReportBatchItemFailures')) return new Set<string>();
  return failuresIn(payload, new Set(records.map(({ messageId }) => messageId)));
}

/** The answer of the function, or none when it threw, ran out of time or was not even started. */
async function invoke(
  mapping: Mapping,
  records: SqsRecord[],
  call: LambdaCall,
): Promise<{ outcome: Outcome; payload?: string }> {
  try {
    const found = findFunction({ FunctionName: mapping.functionArn }, call);
    const request = { requestId: call.random.uuid(), payload: textOf(records) };
    const { result } = await perform(found, request, call);
    return result.functionError === undefined
      ? { outcome: 'done', payload: result.payload }
      : { outcome: 'failed' };
  } catch (error) {
    if (!isAnswer(error)) throw error;
    return { outcome: error.name === 'TooManyRequestsException' ? 'throttled' : 'failed' };
  }
}

/** An error that a caller of Invoke would have been answered. */
const isAnswer = (error: unknown): error is Error =>
  error instanceof Error && ('$fault' in error || 'status' in error);

async function remove({ sqs, QueueUrl }: Source, records: SqsRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += 10) {
    const Entries = records
      .slice(start, start + 10)
      .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    try {
      await sqs.deleteMessageBatch({ QueueUrl, Entries });
    } catch (error) {
      // A role that may no longer delete, or a queue that is gone: the messages come back or do not.
      if (!(error instanceof Error && '$fault' in error)) throw error;
    }
  }
}
