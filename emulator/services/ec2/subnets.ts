import type { Subnet as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { contains, formatBlock, overlap, parseBlock } from './cidr';
import { addSubnet } from './default-resources';
import { select, type Filters } from './filters';
import { announce, find, hasDependencies, invalid, inVpc, missing, remove } from './kinds';
import { zoneIdOf, zonesOf } from './regions';
import type { Ec2Call, Ec2Handlers, Subnet, Vpc } from './state';
import { addTags, specifiedTags, tagList } from './tagging';

/** AWS keeps five addresses of each subnet for itself. */
const reservedAddresses = 5;

const interfacesIn = (call: Ec2Call, subnet: Subnet) =>
  inVpc(call, 'network-interface', subnet.vpcId).filter(({ subnetId }) => subnetId === subnet.id);

const freeAddresses = (call: Ec2Call, subnet: Subnet) =>
  (parseBlock(subnet.cidrBlock)?.size ?? 0) - reservedAddresses - interfacesIn(call, subnet).length;

const describe = (call: Ec2Call, subnet: Subnet): Described => ({
  SubnetId: subnet.id,
  SubnetArn: call.arn(`subnet/${subnet.id}`),
  VpcId: subnet.vpcId,
  CidrBlock: subnet.cidrBlock,
  AvailabilityZone: subnet.availabilityZone,
  AvailabilityZoneId: zoneIdOf(call.region, subnet.availabilityZone),
  AvailableIpAddressCount: freeAddresses(call, subnet),
  DefaultForAz: subnet.defaultForAz,
  MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
  AssignIpv6AddressOnCreation: false,
  Ipv6CidrBlockAssociationSet: [],
  OwnerId: call.accountId,
  State: 'available',
  Tags: tagList(call, subnet.id),
});

const filters: Filters<Subnet> = {
  'availability-zone': ({ availabilityZone }) => [availabilityZone],
  availabilityZone: ({ availabilityZone }) => [availabilityZone],
  'availability-zone-id': ({ availabilityZone }, call) => [zoneIdOf(call.region, availabilityZone)],
  'available-ip-address-count': (subnet, call) => [String(freeAddresses(call, subnet))],
  cidr: ({ cidrBlock }) => [cidrBlock],
  'cidr-block': ({ cidrBlock }) => [cidrBlock],
  cidrBlock: ({ cidrBlock }) => [cidrBlock],
  'default-for-az': ({ defaultForAz }) => [String(defaultForAz)],
  defaultForAz: ({ defaultForAz }) => [String(defaultForAz)],
  'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
  'owner-id': (_subnet, call) => [call.accountId],
  state: () => ['available'],
  'subnet-arn': ({ id }, call) => [call.arn(`subnet/${id}`)],
  'subnet-id': ({ id }) => [id],
  'vpc-id': ({ vpcId }) => [vpcId],
};

function checkedCidr(call: Ec2Call, vpc: Vpc, cidr: string | undefined): string {
  if (!cidr) throw missing('cidrBlock');
  const block = parseBlock(cidr);
  if (!block) {
    throw invalid(
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
  const outer = parseBlock(vpc.cidrBlock);
  if (block.prefix < 16 || block.prefix > 28 || !outer || !contains(outer, block)) {
    throw awsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  }
  const taken = inVpc(call, 'subnet', vpc.id).map(({ cidrBlock }) => parseBlock(cidrBlock));
  if (taken.some((other) => other && overlap(other, block))) {
    throw awsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
  }
  return formatBlock(block);
}

function checkedZone(call: Ec2Call, name: string | undefined, id: string | undefined): string {
  const zones = zonesOf(call.region);
  const zone = name ?? zones.find((each) => zoneIdOf(call.region, each) === id) ?? id ?? zones[0];
  if (zone === undefined || !zones.includes(zone)) {
    throw invalid(
      `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(', ')}.`,
    );
  }
  return zone;
}

export const subnets = {
  CreateSubnet(input, call) {
    const vpc = find(call, 'vpc', input.VpcId);
    const cidrBlock = checkedCidr(call, vpc, input.CidrBlock);
    const availabilityZone = checkedZone(call, input.AvailabilityZone, input.AvailabilityZoneId);
    const tags = specifiedTags('subnet', input.TagSpecifications);
    const subnet = addSubnet(call, { vpcId: vpc.id, cidrBlock, availabilityZone });
    addTags(call, subnet.id, tags);
    return { Subnet: describe(call, subnet) };
  },

  DescribeSubnets({ SubnetIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: SubnetIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'subnet', { ...query, table: filters });
    return { Subnets: page.map((subnet) => describe(call, subnet)), NextToken: next };
  },

  ModifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch, ...others }, call) {
    const subnet = find(call, 'subnet', SubnetId);
    const [other] = Object.keys(others).filter((name) => name !== 'DryRun');
    if (other) {
      throw awsError('UnsupportedOperation', `The subnet attribute ${other} is not emulated.`);
    }
    subnet.mapPublicIpOnLaunch = MapPublicIpOnLaunch?.Value ?? subnet.mapPublicIpOnLaunch;
    announce(call, 'UPDATE', ['subnet', subnet.id]);
  },

  DeleteSubnet({ SubnetId }, call) {
    const subnet = find(call, 'subnet', SubnetId);
    if (interfacesIn(call, subnet).length) throw hasDependencies('subnet', subnet.id);
    for (const table of inVpc(call, 'route-table', subnet.vpcId)) {
      table.associations = table.associations.filter(({ subnetId }) => subnetId !== subnet.id);
    }
    remove(call, 'subnet', subnet.id);
  },
} satisfies Ec2Handlers;
