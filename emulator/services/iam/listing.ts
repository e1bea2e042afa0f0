import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { checkRange } from './validation';

interface Page {
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

/** One page in IAM's way: `IsTruncated` always, `Marker` while there is more. */
export function listed<T>(items: Iterable<T>, { Marker: marker, MaxItems: max = 100 }: Page) {
  checkRange('maxItems', max, [1, 1000]);
  const { page, next } = paginate([...items], marker, { max, invalid: invalidMarker });
  return next === undefined
    ? { page, end: { IsTruncated: false } }
    : { page, end: { IsTruncated: true, Marker: next } };
}

const invalidMarker = () => awsError('ValidationError', 'Invalid Marker.');

/** Entities below a path, by name. */
export const underPath = <T extends { path: string; name: string }>(
  entities: Iterable<T>,
  prefix = '/',
): T[] =>
  [...entities]
    .filter(({ path }) => path.startsWith(prefix))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
