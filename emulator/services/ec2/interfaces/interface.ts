import { awsError } from '../../../errors';
import { contains, parseBlock, toAddress } from '../cidr';
import { add, find, inVpc, invalid, newId } from '../kinds';
import type { Ec2Call, NetworkInterface, Subnet } from '../state';

const isTaken = (call: Ec2Call, subnet: Subnet, address: string) =>
  inVpc(call, 'network-interface', subnet.vpcId).some((each) => each.privateIpAddress === address);

function wantedAddress(call: Ec2Call, subnet: Subnet, address: string) {
  const block = parseBlock(`${address}/32`);
  const outer = parseBlock(subnet.cidrBlock);
  if (!block || !outer || !contains(outer, block)) {
    throw invalid(`Address ${address} does not fall within the subnet's address range`);
  }
  if (isTaken(call, subnet, address)) {
    throw awsError('InvalidIPAddress.InUse', `Address ${address} is in use.`);
  }
  return address;
}

/** The first free address: AWS keeps the first four and the last of a subnet. */
function freeAddress(call: Ec2Call, subnet: Subnet): string {
  const { first = 0, size = 0 } = parseBlock(subnet.cidrBlock) ?? {};
  for (let number = first + 4; number < first + size - 1; number += 1) {
    const address = toAddress(number);
    if (!isTaken(call, subnet, address)) return address;
  }
  throw awsError(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  );
}

/** Security groups for an interface in that VPC; without any it is in the VPC's default group. */
export function checkedGroups(
  call: Ec2Call,
  vpcId: string,
  groups: string[] | undefined,
): string[] {
  const ids = groups?.length
    ? groups
    : inVpc(call, 'security-group', vpcId)
        .filter(({ name }) => name === 'default')
        .map(({ id }) => id);
  const strangers = ids.filter((id) => find(call, 'security-group', id).vpcId !== vpcId);
  if (!strangers.length) return ids;
  throw awsError(
    'InvalidParameterValue',
    `You have specified two resources that belong to different networks.`, // text not verified
  );
}

function macAddress(call: Ec2Call) {
  const hex = call.random.hex(10);
  return ['02', ...(hex.match(/../g) ?? [])].join(':');
}

/** What an interface is to be like; the address is the first free one unless it is named. */
export interface Wanted {
  Groups?: string[] | undefined;
  Description?: string | undefined;
  PrivateIpAddress?: string | undefined;
}

/** Makes an interface in a subnet. */
export function addInterface(call: Ec2Call, subnet: Subnet, wanted: Wanted): NetworkInterface {
  const { PrivateIpAddress: address } = wanted;
  return add(call, 'network-interface', {
    groupIds: checkedGroups(call, subnet.vpcId, wanted.Groups),
    privateIpAddress: address ? wantedAddress(call, subnet, address) : freeAddress(call, subnet),
    id: newId(call, 'eni'),
    createdAt: call.now(),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    description: wanted.Description ?? '',
    macAddress: macAddress(call),
    sourceDestCheck: true,
  });
}
