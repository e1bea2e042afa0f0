import type {
  CreateAutoScalingGroupType,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling';
import type { EC2 } from '@aws-sdk/client-ec2';
import { invalid, notEmulated } from './find';
import { groupMembers } from './group-members';
import { terminationPolicies } from './leaving';
import type { AutoScalingCall, Group, Template } from './state';

const supported = new Set<string>([...groupMembers, 'DefaultCooldown']);

const isSet = (value: unknown) =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

export type Settings = Partial<CreateAutoScalingGroupType>;

/** Refuses by name what groups here do not honour. */
export function checkSupported(input: Settings): void {
  const other = Object.entries(input).find(([name, value]) => isSet(value) && !supported.has(name));
  if (other) throw notEmulated(`Property ${other[0]} of groups`);
  checkHealthCheck(input);
  const policy = input.TerminationPolicies?.find((name) => !terminationPolicies.includes(name));
  if (policy) throw notEmulated(`Termination policy ${policy} of groups`);
}

function checkHealthCheck({ HealthCheckType: type = 'EC2' }: Settings): void {
  if (type !== 'EC2') throw notEmulated(`Health check type ${type} of groups`);
}

/** Refuses sizes that contradict each other, in AWS's words. */
export function checkSizes({ min, max, desired }: Pick<Group, 'min' | 'max' | 'desired'>): void {
  if (min > max)
    throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired < min || desired > max)
    throw invalid(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
}

const malformed = (message: string) =>
  invalid(`You must use a valid fully-formed launch template. ${message}`);

/** Asks ec2 as the caller whether the template could be launched, as AWS does before it takes it. */
async function checkLaunch(ec2: EC2, { id, version }: Template): Promise<void> {
  try {
    const LaunchTemplate = { LaunchTemplateId: id, Version: version };
    await ec2.runInstances({ LaunchTemplate, MinCount: 1, MaxCount: 1, DryRun: true });
  } catch (error) {
    if (!isAnswer(error)) throw error;
    if (error.name !== 'DryRunOperation') throw malformed(error.message);
  }
}

/** The launch template of a group; it must be there and be launchable. */
export async function templateFor(
  call: AutoScalingCall,
  wanted: LaunchTemplateSpecification | undefined,
): Promise<Template> {
  if (!wanted)
    throw invalid(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  const { Version: version = '$Default' } = wanted;
  const ec2 = call.client<EC2>('ec2', call.onBehalf('autoscaling.amazonaws.com'));
  const found = await templateIn(ec2, wanted);
  const template = { ...found, version };
  await checkLaunch(ec2, template);
  return template;
}

async function templateIn(ec2: EC2, { Version, ...named }: LaunchTemplateSpecification) {
  try {
    const { LaunchTemplateVersions: [found = {}] = [] } = await ec2.describeLaunchTemplateVersions({
      ...named,
      Versions: [Version ?? '$Default'],
    });
    const { LaunchTemplateId: id = '', LaunchTemplateName: name = '' } = found;
    return { id, name };
  } catch (error) {
    if (!isAnswer(error)) throw error;
    throw malformed(error.message);
  }
}

/** What ec2 answered; anything else is a mistake of ours. */
const isAnswer = (error: unknown): error is Error => error instanceof Error && '$fault' in error;

/** Subnets and zones of a group, from either of them. */
export async function placesFor(
  call: AutoScalingCall,
  { VPCZoneIdentifier = '', AvailabilityZones = [] }: Settings,
): Promise<Pick<Group, 'subnetIds' | 'zones'>> {
  const subnetIds = VPCZoneIdentifier.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (subnetIds.length === 0 && AvailabilityZones.length === 0)
    throw invalid('At least one Availability Zone or VPC Subnet is required.');
  if (subnetIds.length === 0) return { subnetIds, zones: AvailabilityZones };
  const ec2 = call.client<EC2>('ec2', call.asService('autoscaling.amazonaws.com'));
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: 'subnet-id', Values: subnetIds }],
  });
  const missing = subnetIds.find((id) => !Subnets.some(({ SubnetId }) => SubnetId === id));
  if (missing) throw invalid(`The subnet ID '${missing}' does not exist`);
  const zones = Subnets.map(({ AvailabilityZone: zone = '' }) => zone);
  return { subnetIds, zones: [...new Set(zones)] };
}
