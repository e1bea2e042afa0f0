import { validationError } from '../../cloudformation/errors';
import { paginate } from '../../paginate';

const size = { max: 100, invalid: () => validationError('NextToken is invalid') };

/** One page, and the member that leads to the next one. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
): { page: T[]; rest: { NextToken?: string } } {
  const { page, next } = paginate(items, token, size);
  return { page, rest: next === undefined ? {} : { NextToken: next } };
}
