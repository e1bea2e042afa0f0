import { formatBlock, type Block } from './cidr';
import { add, newId } from './kinds';
import { zonesOf } from './regions';
import { allowAllOut } from './security-groups';
import type { Ec2Call, Rule, Subnet, Vpc } from './state';

/** What EC2 itself puts into each new VPC: main route table, default network ACL, default group. */
function furnish(call: Ec2Call, vpc: Vpc) {
  const createdAt = call.now();
  const routeTable = add(call, 'route-table', {
    id: newId(call, 'rtb'),
    createdAt,
    vpcId: vpc.id,
    routes: [{ destinationCidrBlock: vpc.cidrBlock, target: 'local', origin: 'CreateRouteTable' }],
    associations: [{ id: newId(call, 'rtbassoc'), main: true }],
  });
  add(call, 'network-acl', { id: newId(call, 'acl'), createdAt, vpcId: vpc.id });
  addDefaultGroup(call, vpc);
  return routeTable;
}

function addDefaultGroup(call: Ec2Call, vpc: Vpc) {
  const id = newId(call, 'sg');
  const fromItself: Rule = {
    ...allowAllOut(call),
    egress: false,
    peer: { kind: 'group', value: id, userId: call.accountId },
  };
  add(call, 'security-group', {
    id,
    createdAt: call.now(),
    name: 'default',
    description: 'default VPC security group',
    vpcId: vpc.id,
    rules: [fromItself, allowAllOut(call)],
  });
}

/** A VPC with what belongs into it. */
export function addVpc(call: Ec2Call, cidrBlock: string, options: Partial<Vpc> = {}) {
  const vpc = add(call, 'vpc', {
    id: newId(call, 'vpc'),
    createdAt: call.now(),
    cidrBlock,
    cidrAssociationId: newId(call, 'vpc-cidr-assoc'),
    isDefault: false,
    dhcpOptionsId: dhcpOptions(call),
    instanceTenancy: 'default',
    enableDnsSupport: true,
    enableDnsHostnames: false,
    ...options,
  });
  return { vpc, routeTable: furnish(call, vpc) };
}

function dhcpOptions(call: Ec2Call): string {
  const [id] = call.state['dhcp-options'].keys();
  if (id) return id;
  const zone = call.region === 'us-east-1' ? 'ec2' : `${call.region}.compute`;
  return add(call, 'dhcp-options', {
    id: newId(call, 'dopt'),
    createdAt: call.now(),
    domainName: `${zone}.internal`,
  }).id;
}

/** A subnet, associated with its VPC's default network ACL. */
export function addSubnet(
  call: Ec2Call,
  options: Pick<Subnet, 'vpcId' | 'cidrBlock' | 'availabilityZone'> & Partial<Subnet>,
) {
  const acl = [...call.state['network-acl'].values()].find(({ vpcId }) => vpcId === options.vpcId);
  return add(call, 'subnet', {
    id: newId(call, 'subnet'),
    createdAt: call.now(),
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    networkAclId: acl?.id ?? '',
    networkAclAssociationId: newId(call, 'aclassoc'),
    ...options,
  });
}

const defaultSubnet = (index: number): Block => ({
  first: ((172 * 256 + 31) * 256 + index * 16) * 256,
  size: 4096,
  prefix: 20,
});

/** The default VPC with an internet gateway and a public subnet in each zone. */
export function addDefaultVpc(call: Ec2Call): Vpc {
  const { vpc, routeTable } = addVpc(call, '172.31.0.0/16', {
    isDefault: true,
    enableDnsHostnames: true,
  });
  const gateway = add(call, 'internet-gateway', {
    id: newId(call, 'igw'),
    createdAt: call.now(),
    vpcId: vpc.id,
  });
  routeTable.routes.push({
    destinationCidrBlock: '0.0.0.0/0',
    target: gateway.id,
    origin: 'CreateRoute',
  });
  zonesOf(call.region).forEach((availabilityZone, index) =>
    addSubnet(call, {
      vpcId: vpc.id,
      cidrBlock: formatBlock(defaultSubnet(index)),
      availabilityZone,
      defaultForAz: true,
      mapPublicIpOnLaunch: true,
    }),
  );
  return vpc;
}
