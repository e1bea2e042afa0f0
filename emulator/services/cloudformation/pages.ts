import { validationError } from '../../cloudformation/errors';
import { paginate } from '../../paginate';

const invalid = () => validationError('NextToken is invalid');

/** One page, and the member that leads to the next one. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  max = 100,
): { page: T[]; rest: { NextToken?: string } } {
  const { page, next } = paginate(items, token, { max, invalid });
  return { page, rest: next === undefined ? {} : { NextToken: next } };
}
