import { MalformedPolicyDocumentException } from '@aws-sdk/client-iam';
import { malformedPolicy, type PolicyKind } from '../../authorisation';
import { type AwsError, awsError } from '../../errors';
import { refuse } from '../../refuse';
import { table } from '../../table';

const names = String.raw`[\w+=,.@-]+`;
const aliases = '[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]';
const paths = String.raw`(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`;

/** AWS's constraints that the SDK's schema does not hold: pattern and longest length. */
const constraints: Record<string, { pattern: string; max: number }> = table({
  roleName: { pattern: names, max: 64 },
  userName: { pattern: names, max: 64 },
  groupName: { pattern: names, max: 128 },
  policyName: { pattern: names, max: 128 },
  instanceProfileName: { pattern: names, max: 128 },
  path: { pattern: paths, max: 512 },
  accountAlias: { pattern: aliases, max: 63 },
});

/** Refuses a member whose text AWS would not take. */
export function checkText(member: string, value = ''): void {
  const constraint = constraints[member];
  if (!constraint) throw new Error(`no constraint is written for ${member}`);
  if (value.length > constraint.max)
    throw invalid(member, value, `Member must have length less than or equal to ${constraint.max}`);
  if (!new RegExp(`^(?:${constraint.pattern})$`).test(value))
    throw invalid(
      member,
      value,
      `Member must satisfy regular expression pattern: ${constraint.pattern}`,
    );
}

/** Refuses a number outside its range, as maxSessionDuration or maxItems. */
export function checkRange(member: string, value: number, [min, max]: [number, number]): void {
  if (value < min)
    throw invalid(member, `${value}`, `Member must have value greater than or equal to ${min}`);
  if (value > max)
    throw invalid(member, `${value}`, `Member must have value less than or equal to ${max}`);
}

const invalid = (member: string, value: string, constraint: string): AwsError =>
  awsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** Refuses a policy document that IAM would call malformed. */
export function checkPolicy(document = '', kind: PolicyKind = 'identity'): string {
  const complaint = malformedPolicy(document, kind);
  if (complaint !== undefined) throw refuse(MalformedPolicyDocumentException, complaint);
  return document;
}
