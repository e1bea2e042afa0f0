import { InvalidNextToken } from '@aws-sdk/client-auto-scaling';
import { refuse } from '../../refuse';

/** Auto Scaling's own error for a page token that did not come from it. */
export const invalidToken = () => refuse(InvalidNextToken, 'The NextToken value is not valid.');
