import { parseJson } from '../../../json';

/**
 * Which messages of a batch failed, by what the function answered; `all` when the answer is not
 * what ReportBatchItemFailures asks for (FACTS C3.2).
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failuresIn(payload: string, ids: ReadonlySet<string>): 'all' | Set<string> {
  const answer = payload === '' ? null : parseJson(payload);
  if (answer === null || answer === '') return new Set();
  const listed = failuresOf(answer);
  if (!Array.isArray(listed)) return 'all';
  const failed = listed.map(identifierOf).filter((id) => id !== undefined && ids.has(id));
  return failed.length === listed.length ? new Set(failed as string[]) : 'all';
}

/** The list in an answer, empty when there is none; nothing for an answer that is no object. */
function failuresOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  return (answer as Record<string, unknown>)['batchItemFailures'] ?? [];
}

function identifierOf(item: unknown): string | undefined {
  const id = (item as Record<string, unknown> | null)?.['itemIdentifier'];
  return typeof id === 'string' ? id : undefined;
}
