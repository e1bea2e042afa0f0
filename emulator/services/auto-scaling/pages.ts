import { InvalidNextToken } from '@aws-sdk/client-auto-scaling';
import { constraintsOf } from '../../constraints';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { invalid } from './find';

const { checkRange } = constraintsOf(invalid);

/** Auto Scaling's own error for a page token that did not come from it. */
const invalidToken = () => refuse(InvalidNextToken, 'The NextToken value is not valid.');

interface Asked {
  NextToken?: string | undefined;
  MaxRecords?: number | undefined;
}

interface Sizes {
  /** Of a page whose size nobody names. */
  usual: number;
  most: number;
}

/** The page that a request asks for, within the size that AWS lets it have. */
export function pageOf<T>(
  items: T[],
  { NextToken, MaxRecords }: Asked,
  { usual, most }: Sizes = { usual: 50, most: 100 },
): { page: T[]; next?: string } {
  checkRange(MaxRecords, 'maxRecords', [1, most]);
  return paginate(items, NextToken, { max: MaxRecords ?? usual, invalid: invalidToken });
}
