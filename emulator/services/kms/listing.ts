import { InvalidMarkerException } from '@aws-sdk/client-kms';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkRange } from './errors';

// Text unverified.
const invalidMarker = () => refuse(InvalidMarkerException, 'The marker is not valid.');

interface Paging {
  Marker?: string | undefined;
  Limit?: number | undefined;
}

/** One page in KMS's way: `Truncated` always, `NextMarker` while there is more. */
export function listed<T>(items: readonly T[], { Marker: marker, Limit: max = 50 }: Paging) {
  checkRange(max, 'limit', [1, 1000]);
  const { page, next } = paginate(items, marker, { max, invalid: invalidMarker });
  return {
    page,
    end: { Truncated: next !== undefined, ...(next === undefined ? {} : { NextMarker: next }) },
  };
}
