import { awsError } from '../../../errors';
import { find, missing } from '../kinds';
import { all, type Ec2Call } from '../state';
import type { LaunchTemplate, TemplateVersion } from './launch-template';

interface Named {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
}

/** The launch template of that id or name: exactly one of both. */
export function templateBy(call: Ec2Call, wanted: Named): LaunchTemplate {
  const { LaunchTemplateId: id, LaunchTemplateName: name } = wanted;
  if (id === undefined && name === undefined)
    throw missing('launch template ID or launch template name');
  if (id !== undefined && name !== undefined)
    throw awsError(
      'InvalidParameterCombination',
      'Either launch template ID or launch template name, but not both, must be specified.', // text unverified
    );
  if (id !== undefined) return find(call, 'launch-template', id);
  const found = named(call, name);
  if (found) return found;
  throw nameNotFound(`The specified launch template, with template name ${name}, does not exist.`);
}

const named = (call: Ec2Call, name: string | undefined): LaunchTemplate | undefined =>
  [...all(call, 'launch-template').values()].find((each) => each.name === name);

const nameNotFound = (message: string) =>
  awsError('InvalidLaunchTemplateName.NotFoundException', message);

/** The launch templates of those names; what is asked for several does not tell which is missing. */
export const templatesNamed = (call: Ec2Call, names: string[]): LaunchTemplate[] =>
  names.map((name) => {
    const found = named(call, name);
    if (found) return found;
    throw nameNotFound(
      'At least one of the launch templates specified in the request does not exist.',
    );
  });

/** The newest version that is still there. */
export const latestOf = ({ versions }: LaunchTemplate): number =>
  Math.max(...versions.map(({ number }) => number));

/** The number that a version's name stands for: `$Default`, which no name means too, or `$Latest`. */
export function versionNumber(template: LaunchTemplate, version: string | undefined): number {
  if (!version || version === '$Default') return template.defaultVersion;
  if (version === '$Latest') return latestOf(template);
  if (/^\d+$/.test(version)) return Number(version);
  throw awsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find launch template version ${version}`, // text unverified
  );
}

/** The version of that name, or AWS's error. */
export function versionBy(template: LaunchTemplate, version: string | undefined): TemplateVersion {
  const number = versionNumber(template, version);
  const found = template.versions.find((each) => each.number === number);
  if (found) return found;
  throw awsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${number} for the launch template with ID ${template.id}.`,
  );
}
