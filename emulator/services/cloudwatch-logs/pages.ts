import { paginate } from '../../paginate';
import { checkedLimit, invalid } from './errors';

interface Paging {
  nextToken?: string | undefined;
  limit?: number | undefined;
}

/** One page in the members that all lists of this service share; at most 50 unless told. */
export function pageOf<T>(items: readonly T[], { nextToken, limit }: Paging, most = 50) {
  const { page, next } = paginate(items, nextToken, {
    max: checkedLimit(limit, most),
    invalid: () => invalid('The specified nextToken is invalid.'),
  });
  return { page, more: next === undefined ? {} : { nextToken: next } };
}
