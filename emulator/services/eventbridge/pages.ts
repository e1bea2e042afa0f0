import { paginate } from '../../paginate';
import { checkRange, invalid } from './errors';

interface Paging {
  Limit?: number | undefined;
  NextToken?: string | undefined;
}

/** A page of a list, and the token of the next one where there is one. */
export function pageOf<T>(found: readonly T[], { Limit, NextToken }: Paging) {
  checkRange(Limit, 'limit', [1, 100]);
  const { page, next } = paginate(found, NextToken, {
    max: Limit ?? 100,
    // Text unverified.
    invalid: () => invalid('Parameter NextToken is not valid.'),
  });
  return { page, ...(next === undefined ? {} : { NextToken: next }) };
}
