import {
  BatchEntryIdsNotDistinct,
  type BatchResultErrorEntry,
  EmptyBatchRequest,
  InvalidBatchEntryId,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../errors';
import { refuse } from '../../refuse';

/** What is done with every entry; AWS's text for an empty batch says it. */
type Kind = 'SendMessage' | 'DeleteMessage' | 'ChangeMessageVisibility';

interface Entry {
  Id: string | undefined;
}

/** Runs each entry by itself: what one of them is refused for does not touch the others. */
export function runBatch<E extends Entry, R>(
  { Entries: entries, kind }: { Entries: readonly E[] | undefined; kind: Kind },
  run: (entry: E) => R,
): { Successful: (R & { Id: string })[]; Failed: BatchResultErrorEntry[] } {
  const Successful: (R & { Id: string })[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of checkedEntries(entries ?? [], kind)) {
    const Id = entry.Id ?? '';
    try {
      Successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!isOfCaller(error)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.name, Message: error.message });
    }
  }
  return { Successful, Failed };
}

const isOfCaller = (error: unknown): error is Error =>
  error instanceof AwsError || (error instanceof Error && '$fault' in error);

/** Checks a batch as a whole. */
export function checkedEntries<E extends Entry>(entries: readonly E[], kind: Kind): readonly E[] {
  if (entries.length === 0)
    throw refuse(
      EmptyBatchRequest,
      `There should be at least one ${kind}BatchRequestEntry in the request.`,
    );
  if (entries.length > 10)
    throw refuse(
      TooManyEntriesInBatchRequest,
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const seen = new Set<string>();
  for (const { Id = '' } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id))
      throw refuse(
        InvalidBatchEntryId,
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    if (seen.has(Id)) throw refuse(BatchEntryIdsNotDistinct, `Id ${Id} repeated.`);
    seen.add(Id);
  }
  return entries;
}
