import { paginate } from '../../paginate';
import { invalidInput } from './errors';

interface Paging {
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
}

const invalid = () => invalidInput('INVALID_NEXT_TOKEN', 'You specified an invalid next token.'); // text unverified

/** One page of at most twenty. */
export function paged<T>(items: readonly T[], { NextToken: token, MaxResults: max = 20 }: Paging) {
  const { page, next } = paginate(items, token, { max, invalid });
  return { page, end: next === undefined ? {} : { NextToken: next } };
}
