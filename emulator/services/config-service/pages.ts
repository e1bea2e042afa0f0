import { InvalidLimitException, InvalidNextTokenException } from '@aws-sdk/client-config-service';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';

interface Paging {
  token: string | undefined;
  /** What the caller asks for; 0 is the same as nothing. */
  limit?: number | undefined;
  /** Without a limit. */
  usual: number;
  most?: number;
}

/** A page of a list, as all of Config's lists come. */
export function pageOf<T>(found: readonly T[], { token, limit = 0, usual, most = 100 }: Paging) {
  if (limit > most)
    throw refuse(
      InvalidLimitException,
      `Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
    );
  return paginate(found, token, {
    max: limit || usual,
    invalid: () => refuse(InvalidNextTokenException, 'The nextToken provided is invalid'),
  });
}
