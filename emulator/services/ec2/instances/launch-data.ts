import type { LaunchTemplateSpecification, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { invalid } from '../kinds';
import { templateBy, versionBy } from '../launch-templates/find';
import type { Ec2Call } from '../state';
import type { LaunchData } from './instance';

/** Of a request: how many, whence, and what the client says to find it again. */
const around = new Set(['MinCount', 'MaxCount', 'ClientToken', 'DryRun', 'LaunchTemplate']);

/** Members of a launch that have an effect here or are kept and shown. */
const supported = new Set<string>([
  'BlockDeviceMappings',
  'DisableApiStop',
  'DisableApiTermination',
  'EbsOptimized',
  'IamInstanceProfile',
  'ImageId',
  'InstanceInitiatedShutdownBehavior',
  'InstanceType',
  'KeyName',
  'MetadataOptions',
  'Monitoring',
  'NetworkInterfaces',
  'Placement',
  'PrivateIpAddress',
  'SecurityGroupIds',
  'SecurityGroups',
  'SubnetId',
  'TagSpecifications',
  'UserData',
]);

const supportedInPlacement = new Set(['AvailabilityZone', 'Tenancy']);

const notEmulated = (what: string) =>
  awsError('UnsupportedOperation', `The instance parameter ${what} is not emulated.`);

const isSet = (value: unknown) =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Refuses by name what no launch here honours. */
export function checkSupported(data: object): void {
  for (const [name, value] of Object.entries(data))
    if (isSet(value) && !supported.has(name)) throw notEmulated(name);
  const { Placement = {} } = data as LaunchData;
  for (const [name, value] of Object.entries(Placement))
    if (isSet(value) && !supportedInPlacement.has(name)) throw notEmulated(`Placement.${name}`);
}

/** The members of a launch, the request's over its launch template's. */
export type Launch = LaunchData & Pick<RunInstancesRequest, 'SubnetId' | 'PrivateIpAddress'>;

function fromTemplate(call: Ec2Call, wanted: LaunchTemplateSpecification | undefined): LaunchData {
  if (!wanted) return {};
  return versionBy(templateBy(call, wanted), wanted.Version).data;
}

/** AWS's own keys on what a template launched. */
export function templateTags(call: Ec2Call, wanted: LaunchTemplateSpecification | undefined) {
  if (!wanted) return {};
  const template = templateBy(call, wanted);
  const { number } = versionBy(template, wanted.Version);
  return {
    'aws:ec2launchtemplate:id': template.id,
    'aws:ec2launchtemplate:version': String(number),
  };
}

/** What is to be launched, all of it something that can be. */
export function launchOf(call: Ec2Call, request: RunInstancesRequest): Launch {
  const template = fromTemplate(call, request.LaunchTemplate);
  const own = Object.entries(request).filter(([name, value]) => isSet(value) && !around.has(name));
  const launch: Launch = {
    ...template,
    ...Object.fromEntries(own),
    TagSpecifications: [
      ...(template.TagSpecifications ?? []),
      ...(request.TagSpecifications ?? []),
    ],
  };
  checkSupported(launch);
  return launch;
}

/** How many instances: the most that may be, as there is always room. */
export function countOf({ MinCount, MaxCount }: RunInstancesRequest): number {
  if (!MinCount || !MaxCount || MinCount < 1)
    throw awsError(
      'MissingParameter',
      `The request must contain the parameter ${MinCount ? 'MaxCount' : 'MinCount'}`,
    );
  // The text was not verified.
  if (MinCount > MaxCount) throw invalid('The minimum count may not exceed the maximum count');
  return MaxCount;
}
