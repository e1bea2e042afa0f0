import { ResourceNotFoundException, ValidationException } from '@aws-sdk/client-scheduler';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(ValidationException, message);

export const notFound = (message: string): Error => refuse(ResourceNotFoundException, message);

/** A value that breaks a constraint of the model. */
export const constraint = (value: string, member: string, rule: string): Error =>
  invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );

/** Names of schedules and groups. */
export function checkName(value: string, member: string): void {
  if (!/^[0-9a-zA-Z-_.]+$/.test(value))
    throw constraint(value, member, 'satisfy regular expression pattern: [0-9a-zA-Z-_.]+');
  if (value.length > 64) throw constraint(value, member, 'have length less than or equal to 64');
}
