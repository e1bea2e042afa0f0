import { paginate } from '../../paginate';
import { checkedLimit, invalid } from './errors';

interface Paging {
  nextToken?: string | undefined;
  limit?: number | undefined;
  maxResults?: number | undefined;
}

/** One page in the members that all lists of this service share; at most 50 unless told. */
export function pageOf<T>(items: readonly T[], paging: Paging, most = 50) {
  const { nextToken, limit, maxResults } = paging;
  const { page, next } = paginate(items, nextToken, {
    max:
      limit === undefined
        ? checkedLimit(maxResults, most, 'maxResults')
        : checkedLimit(limit, most),
    invalid: () => invalid('The specified nextToken is invalid.'),
  });
  return { page, more: next === undefined ? {} : { nextToken: next } };
}
