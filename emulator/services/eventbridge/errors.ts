import { ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { constraintsOf } from '../../constraints';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

export const invalid = (message: string): Error => awsError('ValidationException', message);

/** Refusals of values that break a constraint of the model. */
export const { constraint, checkRange } = constraintsOf(invalid);

/** Names of rules, targets and buses. */
export function checkName(
  value: string,
  member: string,
  { longest = 64, pattern = '[\\.\\-_A-Za-z0-9]+' } = {},
): void {
  if (!new RegExp(`^(?:${pattern})$`).test(value))
    throw constraint(value, member, `satisfy regular expression pattern: ${pattern}`);
  if (value.length > longest)
    throw constraint(value, member, `have length less than or equal to ${longest}`);
}
