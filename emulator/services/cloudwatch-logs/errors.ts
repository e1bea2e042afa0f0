import {
  InvalidParameterException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { constraintsOf } from '../../constraints';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(InvalidParameterException, message);

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

const ofModel = constraintsOf(invalid);

/** Refusals of values that break a constraint of the model. */
export const { constraint, checkOneOf } = ofModel;

/** The longest name of a group or a stream. */
export const longestName = 512;

/** What AWS says of a longer one, whichever of the two it is. */
export const nameTooLong = (): Error =>
  invalid('Invalid LogGroup or LogStream, both must have length less than or equal to 512.');

interface Rule {
  longest?: number;
  pattern?: string;
}

/** A text that must be there, of at most 512 characters unless told. */
export function checkText(
  value: string | undefined,
  member: string,
  { longest = 512, pattern }: Rule = {},
): asserts value is string {
  if (value === undefined)
    throw invalid(
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  if (value.length === 0) throw constraint(value, member, 'have length greater than or equal to 1');
  if (value.length > longest) throw tooLong(value, member, longest);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
    throw constraint(value, member, `satisfy regular expression pattern: ${pattern}`);
}

const tooLong = (value: string, member: string, longest: number): Error =>
  /^log(?:Group|Stream)Name$/.test(member)
    ? nameTooLong()
    : constraint(value, member, `have length less than or equal to ${longest}`);

/** A limit of a page, between 1 and what AWS allows; that much when absent. */
export function checkedLimit(limit: number | undefined, most: number, member = 'limit'): number {
  ofModel.checkRange(limit, member, [1, most]);
  return limit ?? most;
}
