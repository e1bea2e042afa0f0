import type { InstanceNetworkInterfaceSpecification } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { attach, checkFree } from '../interfaces/attachment';
import { addInterface } from '../interfaces/interface';
import { newPublicIp } from '../interfaces/names';
import { find, invalid } from '../kinds';
import { findGroup } from '../rules';
import type { Ec2Call, NetworkInterface, Subnet } from '../state';
import type { Launch } from './launch-data';

type Specification = Omit<InstanceNetworkInterfaceSpecification, 'InterfaceType'> & {
  InterfaceType?: string | undefined;
};

/** An interface that an instance is to have, there already or yet to be made. */
export interface PlannedInterface {
  specification: Specification;
  subnet: Subnet;
  existing?: NetworkInterface;
}

const honoured = new Set([
  'AssociatePublicIpAddress',
  'DeleteOnTermination',
  'Description',
  'DeviceIndex',
  'Groups',
  'InterfaceType',
  'NetworkInterfaceId',
  'PrivateIpAddress',
  'SubnetId',
]);

const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && !value.length);

function checkSpecification(specification: Specification) {
  for (const [name, value] of Object.entries(specification))
    if (isSet(value) && !honoured.has(name))
      throw awsError('UnsupportedOperation', `NetworkInterfaces.${name} is not emulated.`);
}

function defaultSubnet(call: Ec2Call, zone: string | undefined): Subnet {
  const found = [...call.state.subnet.values()].find(
    ({ defaultForAz, availabilityZone }) =>
      defaultForAz && (zone === undefined || availabilityZone === zone),
  );
  if (found) return found;
  const vpc = [...call.state.vpc.values()].find(({ isDefault }) => isDefault);
  if (!vpc)
    throw awsError(
      'VPCIdNotSpecified',
      'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
    );
  throw awsError(
    'MissingInput',
    `No subnets found for the default VPC '${vpc.id}'. Please specify a subnet.`,
  );
}

const subnetFor = (call: Ec2Call, id: string | undefined, { Placement }: Launch) =>
  id ? find(call, 'subnet', id) : defaultSubnet(call, Placement?.AvailabilityZone);

/** Groups of a launch without interfaces of its own: by id, or by name in the default VPC. */
function groupsOf(call: Ec2Call, { SecurityGroupIds = [], SecurityGroups = [] }: Launch) {
  return [
    ...SecurityGroupIds,
    ...SecurityGroups.map((GroupName) => findGroup(call, { GroupName }).id),
  ];
}

/** A launch has words of its own for a group of another network. */
function checkNetwork(call: Ec2Call, { id, vpcId }: Subnet, groups: string[] = []) {
  const stranger = groups.find((group) => find(call, 'security-group', group).vpcId !== vpcId);
  if (stranger)
    throw awsError(
      'InvalidParameter',
      `Security group ${stranger} and subnet ${id} belong to different networks.`,
    );
}

function planned(call: Ec2Call, launch: Launch, specification: Specification): PlannedInterface {
  checkSpecification(specification);
  const { NetworkInterfaceId: id, SubnetId, Groups } = specification;
  if (!id) {
    const subnet = subnetFor(call, SubnetId, launch);
    checkNetwork(call, subnet, Groups);
    return { specification, subnet };
  }
  const existing = find(call, 'network-interface', id);
  checkFree(existing);
  // The text was not verified.
  if (SubnetId || Groups?.length)
    throw awsError(
      'InvalidParameterCombination',
      'A network interface may not specify both a network interface ID and a subnet or security groups',
    );
  return { specification, existing, subnet: find(call, 'subnet', existing.subnetId) };
}

/** Groups go by name in the default VPC only, so not where a subnet is named. */
function checkNames({ SubnetId, SecurityGroups }: Launch) {
  if (SubnetId && SecurityGroups?.length)
    throw awsError(
      'InvalidParameterCombination',
      'The parameter groupName cannot be used with the parameter subnet',
    );
}

function checkCombination({ SubnetId, SecurityGroupIds, SecurityGroups }: Launch) {
  const level = SubnetId ? 'an instance-level subnet ID' : 'an instance-level security groups';
  if (SubnetId || SecurityGroupIds?.length || SecurityGroups?.length)
    throw awsError(
      'InvalidParameterCombination',
      `Network interfaces and ${level} may not be specified on the same request`,
    );
}

/** The interfaces of a launch in the order of their device index; all in one zone. */
export function planInterfaces(call: Ec2Call, launch: Launch): PlannedInterface[] {
  const { NetworkInterfaces = [], SubnetId, PrivateIpAddress } = launch;
  if (!NetworkInterfaces.length) {
    checkNames(launch);
    const Groups = groupsOf(call, launch);
    return [planned(call, launch, { DeviceIndex: 0, SubnetId, PrivateIpAddress, Groups })];
  }
  checkCombination(launch);
  const all = NetworkInterfaces.map((each) => planned(call, launch, each)).toSorted(
    (one, other) => indexOf(one) - indexOf(other),
  );
  const indices = new Set(all.map(indexOf));
  // The texts were not verified.
  if (indices.size < all.length || !indices.has(0))
    throw invalid('Each network interface requires a device index of its own, the first one 0.');
  if (new Set(all.map(({ subnet }) => subnet.availabilityZone)).size > 1)
    throw invalid('Network interfaces must be in the same availability zone');
  return all;
}

const indexOf = ({ specification }: PlannedInterface) => specification.DeviceIndex ?? 0;

const wantsPublicIp = ({ specification, subnet, existing }: PlannedInterface, count: number) =>
  specification.AssociatePublicIpAddress ??
  (subnet.mapPublicIpOnLaunch && !existing && count === 1);

/** Makes and attaches the interfaces of one instance; answers those that are new. */
export function giveInterfaces(
  call: Ec2Call,
  instanceId: string,
  plan: PlannedInterface[],
): NetworkInterface[] {
  return plan.map((each) => {
    const { specification, existing, subnet } = each;
    const { Groups, Description, PrivateIpAddress } = specification;
    const card = existing ?? addInterface(call, subnet, { Groups, Description, PrivateIpAddress });
    if (wantsPublicIp(each, plan.length)) card.publicIp = newPublicIp(call);
    attach(call, card, {
      instanceId,
      deviceIndex: indexOf(each),
      deleteOnTermination: specification.DeleteOnTermination ?? !existing,
    });
    return card;
  });
}
