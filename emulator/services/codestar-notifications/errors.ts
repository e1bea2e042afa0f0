import {
  ResourceNotFoundException,
  ValidationException,
} from '../../../sdk/codestar-notifications';
import { constraintsOf } from '../../constraints';
import { refuse } from '../../refuse';

export const invalid = (message: string): Error => refuse(ValidationException, message);

// text unverified
export const notFound = (arn: string): Error =>
  refuse(ResourceNotFoundException, `The notification rule ${arn} does not exist.`);

/** Refusals of values that break a constraint of the model. */
export const { constraint, checkRange, checkOneOf } = constraintsOf(invalid);

/** Source of the pattern: the API reference, DescribeNotificationRule. */
const ruleArn = String.raw`^arn:aws[^:\s]*:codestar-notifications:[^:\s]+:\d{12}:notificationrule\/(.*\S)?$`;

/** The ARN that an input must have, as AWS writes those of rules. */
export function checkedArn(arn: string | undefined): string {
  if (arn === undefined) throw constraint(arn, 'arn', 'not be null');
  if (new RegExp(ruleArn).test(arn)) return arn;
  throw constraint(arn, 'arn', `satisfy regular expression pattern: ${ruleArn}`);
}

/** Refuses filters by what AWS does not filter by. */
export function checkFilters(filters: { Name?: string | undefined }[], names: object): void {
  for (const [index, { Name }] of filters.entries())
    checkOneOf(Name, `filters.${index + 1}.member.name`, names);
}
