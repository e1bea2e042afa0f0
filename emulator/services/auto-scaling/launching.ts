import type { EC2, Instance, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { begin, end, second } from './activities';
import { activeMembers } from './capacity';
import { emitOutcome } from './events';
import type { AutoScalingCall, Group } from './state';
import { hooksOf } from './waiting';

/** The group's own hand in ec2. */
export const ec2Of = (call: AutoScalingCall): EC2 =>
  call.client<EC2>('ec2', call.asService('autoscaling.amazonaws.com'));

interface Place {
  subnetId: string;
  zone: string;
}

/** Where instances may go: the group's subnets, or the default subnet of each of its zones. */
async function placesOf(call: AutoScalingCall, group: Group): Promise<Place[]> {
  if (group.subnetIds.length === 0) return group.zones.map((zone) => ({ subnetId: '', zone }));
  const { Subnets = [] } = await ec2Of(call).describeSubnets({ SubnetIds: group.subnetIds });
  return Subnets.map(({ SubnetId: subnetId = '', AvailabilityZone: zone = '' }) => ({
    subnetId,
    zone,
  }));
}

/** The place with the fewest instances, which keeps the zones balanced. */
function emptiest(group: Group, places: Place[]): Place | undefined {
  const members = activeMembers(group);
  const load = ({ zone }: Place) => members.filter((member) => member.zone === zone).length;
  return places.toSorted((one, other) => load(one) - load(other))[0];
}

/** A template with interfaces of its own has its subnet replaced in them. */
async function networkOf(call: AutoScalingCall, { template }: Group, { subnetId, zone }: Place) {
  if (!subnetId) return { Placement: { AvailabilityZone: zone } };
  const { LaunchTemplateVersions: [version] = [] } = await ec2Of(
    call,
  ).describeLaunchTemplateVersions({
    LaunchTemplateId: template.id,
    Versions: [template.version],
  });
  const cards = version?.LaunchTemplateData?.NetworkInterfaces ?? [];
  if (cards.length === 0) return { SubnetId: subnetId };
  const NetworkInterfaces = cards.map((card) => ({ ...card, SubnetId: subnetId }));
  return { NetworkInterfaces } as Partial<RunInstancesCommandInput>;
}

const tagsOf = (group: Group) => [
  ...[...group.tags]
    .filter(([, { isPropagated }]) => isPropagated)
    .map(([Key, { value }]) => ({ Key, Value: value })),
  { Key: 'aws:autoscaling:groupName', Value: group.name },
];

async function run(call: AutoScalingCall, group: Group, place: Place): Promise<Instance> {
  const { id: LaunchTemplateId, version: Version } = group.template;
  const { Instances: [instance] = [] } = await ec2Of(call).runInstances({
    MinCount: 1,
    MaxCount: 1,
    LaunchTemplate: { LaunchTemplateId, Version },
    TagSpecifications: [{ ResourceType: 'instance', Tags: tagsOf(group) }],
    ...(await networkOf(call, group, place)),
  });
  return instance ?? {};
}

function causeOf(call: AutoScalingCall, group: Group): string {
  const before = activeMembers(group).length;
  return `${group.reason}  At ${second(call.now())} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${before} to ${before + 1}.`;
}

const versionOf = ({ Tags = [] }: Instance) =>
  Tags.find(({ Key }) => Key === 'aws:ec2launchtemplate:version')?.Value ?? '';

/** What a group keeps of an instance from its launch on. */
function memberOf(instance: Instance) {
  const { InstanceId: id = '', ImageId: imageId = '', InstanceType: instanceType = '' } = instance;
  const { SubnetId: subnetId = '', Placement: { AvailabilityZone: zone = '' } = {} } = instance;
  return { id, imageId, instanceType, subnetId, zone, templateVersion: versionOf(instance) };
}

function join(
  call: AutoScalingCall,
  group: Group,
  launched: { instance: Instance; cause: string },
) {
  const place = memberOf(launched.instance);
  const { cause } = launched;
  const description = `Launching a new EC2 instance: ${place.id}`;
  group.members.set(place.id, {
    ...place,
    launchedAt: call.now(),
    lifecycle: 'Pending',
    isHealthy: true,
    isProtected: group.protectsNew,
    hooksLeft: hooksOf(group, 'autoscaling:EC2_INSTANCE_LAUNCHING'),
    activityId: begin(call, group, { description, cause, place }).id,
  });
}

/** The launch did not come about; the activity and an event tell why. */
function fail(
  call: AutoScalingCall,
  group: Group,
  { place, error }: { place: Place; error: Error },
) {
  const cause = causeOf(call, group);
  const description = 'Launching a new EC2 instance';
  const activity = begin(call, group, { description, cause, place });
  end(call, activity, {
    status: 'Failed',
    message: `${error.message} Launching EC2 instance failed.`,
  });
  group.isStuck = true;
  const detailType = 'EC2 Instance Launch Unsuccessful';
  emitOutcome(call, { group, activity, instanceId: '', detailType });
}

/** Launches one instance; false when that failed. */
export async function launch(call: AutoScalingCall, group: Group): Promise<boolean> {
  const place = emptiest(group, await placesOf(call, group));
  if (!place) return false;
  const cause = causeOf(call, group);
  try {
    join(call, group, { instance: await run(call, group, place), cause });
    return true;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    fail(call, group, { place, error });
    return false;
  }
}
