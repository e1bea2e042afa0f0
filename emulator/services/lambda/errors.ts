import {
  InvalidParameterValueException,
  PreconditionFailedException,
  ResourceConflictException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { constraintsOf } from '../../constraints';
import { awsError } from '../../errors';

interface Options {
  message: string;
  Message: string;
  Type: string;
  $metadata: Record<string, never>;
}

/** An exception of Lambda's, with the `Type` that says whose fault it is. */
const ofUser = <E extends Error>(Exception: new (options: Options) => E, message: string): E =>
  new Exception({ message, Message: message, Type: 'User', $metadata: {} });

export const notFound = (message: string): Error => ofUser(ResourceNotFoundException, message);

/** What many operations say of a policy, URL or setting that is not there. */
export const noSuchResource = (): Error => notFound('The resource you requested does not exist.');

export const conflict = (message: string): Error => ofUser(ResourceConflictException, message);

export const invalid = (message: string): Error => ofUser(InvalidParameterValueException, message);

export const staleRevision = (): Error =>
  ofUser(
    PreconditionFailedException,
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );

/** Refusals of values that break a constraint of AWS's model. */
export const { violated, constraint, checkRange, checkOneOf } = constraintsOf((message) =>
  awsError('ValidationException', message),
);

/** The same as InvalidParameterValueException, which AWS prefers here and there. */
export const { violated: violatedParameter } = constraintsOf(invalid);
