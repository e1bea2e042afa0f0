import {
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  MissingRequiredParameterException,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-cloudwatch';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';

export const invalidValue = (message: string): Error =>
  refuse(InvalidParameterValueException, message);

export const invalidCombination = (message: string): Error =>
  refuse(InvalidParameterCombinationException, message);

export const missingParameter = (name: string): Error =>
  refuse(MissingRequiredParameterException, `The parameter ${name} is required.`);

export const validationError = (message: string): Error => refuse(ValidationException, message);

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

/** Refuses by name what AWS does and this emulator does not. */
export const notEmulated = (what: string): Error =>
  awsError('NotEmulated', `${what} not emulated.`);

/** AWS's text for a member whose value is none of an enumeration. */
export const notInEnum = (value: string, member: string, allowed: readonly string[]): Error =>
  validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
  );
