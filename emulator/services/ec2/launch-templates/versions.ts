import type {
  DescribeLaunchTemplateVersionsRequest,
  LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { paginate } from '../../../paginate';
import { filtered, type Filters } from '../filters';
import { announce, missing } from '../kinds';
import { all, type Ec2Call, type Ec2Handlers } from '../state';
import { describeVersion } from './describe';
import { templateBy, versionBy, versionNumber } from './find';
import type { LaunchTemplate, TemplateVersion } from './launch-template';

/** `$Latest` and `$Default` without a template: those of every template. */
function ofAll(call: Ec2Call, versions: string[]): LaunchTemplateVersion[] {
  if (versions.length === 0) throw missing('LaunchTemplateId');
  return [...all(call, 'launch-template').values()].flatMap((template) =>
    versions.map((version) => describeVersion(template, versionBy(template, version))),
  );
}

function ofOne(
  template: LaunchTemplate,
  { Versions = [], MinVersion, MaxVersion }: DescribeLaunchTemplateVersionsRequest,
): LaunchTemplateVersion[] {
  const least = MinVersion ? versionNumber(template, MinVersion) : 0;
  const most = MaxVersion ? versionNumber(template, MaxVersion) : Infinity;
  const asked = Versions.length
    ? Versions.map((version) => versionBy(template, version))
    : template.versions.filter(({ number }) => number >= least && number <= most);
  return asked
    .toSorted((one, other) => other.number - one.number)
    .map((version) => describeVersion(template, version));
}

const filters: Filters<LaunchTemplateVersion & { id: string }> = {
  'create-time': ({ CreateTime }) => [CreateTime?.toISOString()],
  'image-id': ({ LaunchTemplateData }) => [LaunchTemplateData?.ImageId],
  'instance-type': ({ LaunchTemplateData }) => [LaunchTemplateData?.InstanceType],
  'is-default-version': ({ DefaultVersion }) => [String(DefaultVersion)],
};

type Outcome =
  | { version: TemplateVersion }
  | {
      number: string;
      code: 'launchTemplateVersionDoesNotExist' | 'unexpectedError';
      message: string;
    };

function removed(template: LaunchTemplate, version: string): Outcome {
  const found = template.versions.find(({ number }) => String(number) === version);
  if (!found)
    return {
      number: version,
      code: 'launchTemplateVersionDoesNotExist',
      message: `Launch template version ${version} does not exist.`, // text unverified
    };
  if (found.number === template.defaultVersion)
    return {
      number: version,
      code: 'unexpectedError',
      message: 'Default version cannot be deleted.', // text unverified
    };
  template.versions = template.versions.filter((each) => each !== found);
  return { version: found };
}

export const launchTemplateVersions = {
  DescribeLaunchTemplateVersions(input, call) {
    const isNamed = input.LaunchTemplateId ?? input.LaunchTemplateName;
    const found = isNamed
      ? ofOne(templateBy(call, input), input)
      : ofAll(call, input.Versions ?? []);
    const withIds = found.map((version) => ({ ...version, id: '' }));
    const chosen = filtered(call, withIds, { filters: input.Filters, table: filters });
    const { page, next } = paginate(chosen, input.NextToken, input.MaxResults ?? 200);
    return { LaunchTemplateVersions: page.map(({ id: _id, ...each }) => each), NextToken: next };
  },

  DeleteLaunchTemplateVersions({ Versions = [], ...input }, call) {
    const template = templateBy(call, input);
    const name = { LaunchTemplateId: template.id, LaunchTemplateName: template.name };
    const outcomes = Versions.map((version) => removed(template, version));
    announce(call, 'UPDATE', ['launch-template', template.id]);
    return {
      SuccessfullyDeletedLaunchTemplateVersions: outcomes.flatMap((each) =>
        'version' in each ? [{ ...name, VersionNumber: each.version.number }] : [],
      ),
      UnsuccessfullyDeletedLaunchTemplateVersions: outcomes.flatMap((each) =>
        'version' in each
          ? []
          : [
              {
                ...name,
                VersionNumber: Number(each.number),
                ResponseError: { Code: each.code, Message: each.message },
              },
            ],
      ),
    };
  },
} satisfies Ec2Handlers;
