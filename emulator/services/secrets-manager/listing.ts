import { InvalidNextTokenException } from '@aws-sdk/client-secrets-manager';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';

interface Paging {
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
}

// Text unverified.
const invalid = () => refuse(InvalidNextTokenException, 'The NextToken value is invalid.');

/** One page of at most a hundred. */
export function paged<T>(items: readonly T[], { NextToken: token, MaxResults: max = 100 }: Paging) {
  const { page, next } = paginate(items, token, { max, invalid });
  return { page, end: next === undefined ? {} : { NextToken: next } };
}
