import { InvalidNextTokenException } from '@aws-sdk/client-codedeploy';
import { refuse } from '../../refuse';

/** A page's size, with CodeDeploy's own refusal of a token that is none. */
export const invalidToken = (max: number) => ({
  max,
  invalid: () => refuse(InvalidNextTokenException, 'The next token is not valid'), // text unverified
});
