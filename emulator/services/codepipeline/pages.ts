import { InvalidNextTokenException } from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';

/** A page's size, with CodePipeline's own refusal of a token that is none. */
export const invalidToken = (max: number) => ({
  max,
  invalid: () => refuse(InvalidNextTokenException, 'The next token is not valid'), // text unverified
});
