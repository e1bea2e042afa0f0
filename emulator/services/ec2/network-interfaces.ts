import type {
  CreateNetworkInterfaceRequest,
  NetworkInterface as Described,
} from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { contains, parseBlock, toAddress } from './cidr';
import { select, type Filters } from './filters';
import { add, announce, find, inVpc, invalid, newId, remove } from './kinds';
import { zoneIdOf } from './regions';
import type { Ec2Call, Ec2Handlers, NetworkInterface, Subnet } from './state';
import { addTags, specifiedTags, tagList } from './tagging';

const zoneOf = (call: Ec2Call, { subnetId }: NetworkInterface) =>
  call.state.subnet.get(subnetId)?.availabilityZone ?? '';

const groupsOf = (call: Ec2Call, { groupIds }: NetworkInterface) =>
  groupIds.map((id) => ({ GroupId: id, GroupName: call.state['security-group'].get(id)?.name }));

const describe = (call: Ec2Call, each: NetworkInterface): Described => ({
  NetworkInterfaceId: each.id,
  SubnetId: each.subnetId,
  VpcId: each.vpcId,
  AvailabilityZone: zoneOf(call, each),
  AvailabilityZoneId: zoneIdOf(call.region, zoneOf(call, each)),
  Description: each.description,
  Groups: groupsOf(call, each),
  InterfaceType: 'interface',
  Ipv6Addresses: [],
  MacAddress: each.macAddress,
  OwnerId: call.accountId,
  PrivateIpAddress: each.privateIpAddress,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: each.privateIpAddress }],
  RequesterManaged: false,
  SourceDestCheck: each.sourceDestCheck,
  Status: 'available',
  TagSet: tagList(call, each.id),
});

const filters: Filters<NetworkInterface> = {
  'addresses.private-ip-address': ({ privateIpAddress }) => [privateIpAddress],
  'attachment.instance-id': () => [],
  'attachment.status': () => [],
  'availability-zone': (each, call) => [zoneOf(call, each)],
  description: ({ description }) => [description],
  'group-id': ({ groupIds }) => groupIds,
  'group-name': (each, call) => groupsOf(call, each).map(({ GroupName }) => GroupName),
  'interface-type': () => ['interface'],
  'mac-address': ({ macAddress }) => [macAddress],
  'network-interface-id': ({ id }) => [id],
  'owner-id': (_each, call) => [call.accountId],
  'private-ip-address': ({ privateIpAddress }) => [privateIpAddress],
  'requester-managed': () => ['false'],
  status: () => ['available'],
  'subnet-id': ({ subnetId }) => [subnetId],
  'vpc-id': ({ vpcId }) => [vpcId],
};

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

function checkedGroups(call: Ec2Call, vpcId: string, groups: string[] | undefined): string[] {
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

function create(call: Ec2Call, subnet: Subnet, input: CreateNetworkInterfaceRequest) {
  const { PrivateIpAddress: wanted } = input;
  return add(call, 'network-interface', {
    groupIds: checkedGroups(call, subnet.vpcId, input.Groups),
    privateIpAddress: wanted ? wantedAddress(call, subnet, wanted) : freeAddress(call, subnet),
    id: newId(call, 'eni'),
    createdAt: call.now(),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    description: input.Description ?? '',
    macAddress: macAddress(call),
    sourceDestCheck: true,
  });
}

export const networkInterfaces = {
  CreateNetworkInterface(input, call) {
    const subnet = find(call, 'subnet', input.SubnetId);
    const tags = specifiedTags('network-interface', input.TagSpecifications);
    const created = create(call, subnet, input);
    addTags(call, created.id, tags);
    return { NetworkInterface: describe(call, created) };
  },

  DescribeNetworkInterfaces({ NetworkInterfaceIds, Filters: wanted, ...input }, call) {
    const { page, next } = select(call, 'network-interface', {
      ids: NetworkInterfaceIds,
      filters: wanted,
      token: input.NextToken,
      max: input.MaxResults,
      table: filters,
    });
    return { NetworkInterfaces: page.map((each) => describe(call, each)), NextToken: next };
  },

  ModifyNetworkInterfaceAttribute({ NetworkInterfaceId, ...input }, call) {
    const each = find(call, 'network-interface', NetworkInterfaceId);
    if (input.Groups) each.groupIds = checkedGroups(call, each.vpcId, input.Groups);
    each.description = input.Description?.Value ?? each.description;
    each.sourceDestCheck = input.SourceDestCheck?.Value ?? each.sourceDestCheck;
    announce(call, 'UPDATE', ['network-interface', each.id]);
  },

  DeleteNetworkInterface({ NetworkInterfaceId }, call) {
    remove(call, 'network-interface', find(call, 'network-interface', NetworkInterfaceId).id);
  },
} satisfies Ec2Handlers;
