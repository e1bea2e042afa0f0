import {
  InvalidParameterException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(InvalidParameterException, message);

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

/** A value that breaks a constraint of the model. */
export const constraint = (value: unknown, member: string, rule: string): Error =>
  invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );

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
  if (value.length > longest)
    throw constraint(value, member, `have length less than or equal to ${longest}`);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
    throw constraint(value, member, `satisfy regular expression pattern: ${pattern}`);
}

/** A limit of a page, between 1 and what AWS allows; that much when absent. */
export function checkedLimit(limit: number | undefined, most: number, member = 'limit'): number {
  if (limit === undefined) return most;
  if (limit < 1) throw constraint(limit, member, 'have value greater than or equal to 1');
  if (limit > most) throw constraint(limit, member, `have value less than or equal to ${most}`);
  return limit;
}
