import {
  InvalidParameterException,
  InvalidRequestException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { constraintsOf } from '../../constraints';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';

export const notFound = (message = "Secrets Manager can't find the specified secret.") =>
  refuse(ResourceNotFoundException, message);

export const invalidRequest = (message: string) => refuse(InvalidRequestException, message);

export const invalidParameter = (message: string) => refuse(InvalidParameterException, message);

/** Refusals of values that break a constraint of the model. */
export const { checkRange, checkOneOf } = constraintsOf((message) =>
  awsError('ValidationException', message),
);

/** The token of a request becomes the id of a version. */
export function checkToken(token: string | undefined): void {
  if (token !== undefined && (token.length < 32 || token.length > 64))
    throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
}
