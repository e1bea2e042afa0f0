import { awsError } from './errors';

/**
 * One page of a list: `next` is an opaque token, absent on the last page.
 * A token that did not come from here is refused; services with another code pass their own.
 */
export function paginate<T>(
  items: readonly T[],
  token: string | undefined,
  max: number,
  invalid: () => Error = () => awsError('InvalidNextToken', 'The specified token is not valid.'),
): { page: T[]; next?: string } {
  const start = token === undefined ? 0 : offsetOf(token);
  if (start === undefined || start > items.length) throw invalid();
  const end = start + Math.max(max, 1);
  const page = items.slice(start, end);
  return end < items.length ? { page, next: tokenAt(end) } : { page };
}

const tokenAt = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url');

function offsetOf(token: string): number | undefined {
  const match = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString());
  return match ? Number(match[1]) : undefined;
}
