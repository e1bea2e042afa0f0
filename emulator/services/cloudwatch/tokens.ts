import { InvalidNextToken } from '@aws-sdk/client-cloudwatch';
import { refuse } from '../../refuse';
import { invalidValue } from './errors';

/** AWS's error for a token that is none of its own. */
export const invalidToken = (): Error => refuse(InvalidNextToken, 'Invalid nextToken'); // text unverified

/** The same from operations that have no error of their own for it. */
export const invalidRequestToken = (): Error =>
  invalidValue('Request parameter NextToken is invalid');
