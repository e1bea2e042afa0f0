import { ResourceNotFoundException, ValidationException } from '@aws-sdk/client-scheduler';
import { constraintsOf } from '../../constraints';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(ValidationException, message);

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

/** Refusals of values that break a constraint of the model. */
export const { constraint, checkRange, checkOneOf } = constraintsOf(invalid);

/** Names of schedules and groups. */
export function checkName(value: string, member: string): void {
  if (!/^[0-9a-zA-Z-_.]+$/.test(value))
    throw constraint(value, member, 'satisfy regular expression pattern: [0-9a-zA-Z-_.]+');
  if (value.length > 64) throw constraint(value, member, 'have length less than or equal to 64');
}

interface Asked {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

/** The page that was asked for, of at most 100 items. */
export function pageOf<T>(items: readonly T[], { MaxResults: max = 100, NextToken }: Asked) {
  checkRange(max, 'maxResults', [1, 100]);
  // Text unverified.
  return paginate(items, NextToken, { max, invalid: () => invalid('Invalid NextToken.') });
}
