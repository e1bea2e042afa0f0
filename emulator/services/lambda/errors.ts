import {
  InvalidParameterValueException,
  PreconditionFailedException,
  ResourceConflictException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { type AwsError, awsError } from '../../errors';

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

/** A member that is there must be one of these; AWS's ValidationException names them. */
export function checkOneOf(member: string, value: string | undefined, allowed: object): void {
  const values: string[] = Object.values(allowed);
  if (value !== undefined && !values.includes(value))
    throw constraint(member, value, `Member must satisfy enum value set: [${values.join(', ')}]`);
}

/** A member that breaks a constraint of AWS's model. */
export const constraint = (member: string, value: unknown, rule: string): AwsError =>
  awsError(
    'ValidationException',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
