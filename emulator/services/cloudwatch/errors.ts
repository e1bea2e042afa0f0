import {
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  MissingRequiredParameterException,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-cloudwatch';
import { constraintsOf } from '../../constraints';
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

const { constraint, checkOneOf, checkRange } = constraintsOf(validationError);

export { checkOneOf, checkRange };

/** Each of a list has to be one of an enumeration, which is how AWS's model words it. */
export function checkEachOf(
  values: readonly string[] | undefined,
  member: string,
  allowed: object,
): void {
  const known: string[] = Object.values(allowed);
  if (values?.some((value) => !known.includes(value)))
    throw constraint(
      `[${values.join(', ')}]`,
      member,
      `satisfy constraint: [Member must satisfy enum value set: [${known.join(', ')}]]`,
    );
}

/** What the operations about metrics say of a value that is none of a set. */
export const notInSet = (parameter: string, allowed: readonly string[]): Error =>
  invalidValue(`The parameter ${parameter} must be a value in the set [ ${allowed.join(', ')} ].`);
