import { awsError } from './errors';

/**
 * One page of a list: `next` is an opaque token, absent on the last page.
 * A token that did not come from here is refused; a service with a code of its own passes `{ max, invalid }`.
 */
export function paginate<T>(
  items: readonly T[],
  token: string | undefined,
  size: number | { max: number; invalid: () => Error },
): { page: T[]; next?: string } {
  const { max, invalid } = typeof size === 'number' ? { max: size, invalid: invalidToken } : size;
  const start = token === undefined ? 0 : offsetOf(token);
  if (start === undefined || start > items.length) throw invalid();
  const end = start + Math.max(max, 1);
  const page = items.slice(start, end);
  return end < items.length ? { page, next: tokenAt(end) } : { page };
}

const invalidToken = () => awsError('InvalidNextToken', 'The specified token is not valid.');

const tokenAt = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url');

function offsetOf(token: string): number | undefined {
  const match = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString());
  return match ? Number(match[1]) : undefined;
}
