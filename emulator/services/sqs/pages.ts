import { awsError } from '../../errors';
import { paginate } from '../../paginate';

const most = 1000;

interface Paging {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

/** A page of queue URLs; without MaxResults AWS answers at most 1,000 and no token. */
export function pageOf(found: string[], { MaxResults: max, NextToken: token }: Paging) {
  if (max !== undefined && !(max >= 1 && max <= most))
    // Text unverified.
    throw invalid(
      `Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${most}.`,
    );
  const { page, next } = paginate(found.toSorted(), token, {
    max: max ?? most,
    // Text unverified.
    invalid: () => invalid('Invalid or expired next token.'),
  });
  return { page, ...(next !== undefined && max !== undefined ? { NextToken: next } : {}) };
}

const invalid = (message: string): Error => awsError('InvalidParameterValue', message);
