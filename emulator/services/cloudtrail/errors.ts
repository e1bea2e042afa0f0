import { InvalidTrailNameException, TrailNotFoundException } from '@aws-sdk/client-cloudtrail';
import { refuse } from '../../refuse';

export const unknownTrail = (nameOrArn: string, accountId: string): Error =>
  refuse(TrailNotFoundException, `Unknown trail: ${nameOrArn} for the user: ${accountId}`);

const nameRules: [isBroken: (name: string) => boolean, message: (name: string) => string][] = [
  [
    ({ length }) => length < 3,
    ({ length }) =>
      `Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${length} characters.`,
  ],
  [
    ({ length }) => length > 128,
    ({ length }) =>
      `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${length} characters.`,
  ],
  [(name) => !/^[a-z0-9]/i.test(name), () => 'Trail name must starts with a letter or number.'],
  [(name) => !/[a-z0-9]$/i.test(name), () => 'Trail name must ends with a letter or number.'],
  [
    (name) => !/^[\w.-]+$/.test(name),
    () =>
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
  ],
];

/** Refuses a name as AWS words it (its grammar too; as moto records the texts). */
export function checkName(name: string): void {
  const rule = nameRules.find(([isBroken]) => isBroken(name));
  if (rule) throw refuse(InvalidTrailNameException, rule[1](name));
}
