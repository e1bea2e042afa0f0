import type { Resource } from '../../changes/resource';
import { instanceProperties, isShown } from './instances/view';
import { kinds } from './kinds';
import { templateProperties } from './launch-templates/view';
import { zoneIdOf } from './regions';
import type {
  Ec2Call,
  InternetGateway,
  Kind,
  NetworkInterface,
  Nouns,
  Peer,
  RouteTable,
  Rule,
  SecurityGroup,
  Subnet,
  Vpc,
} from './state';
import { all } from './state';
import { tagList } from './tagging';
import { snapshotProperties, volumeProperties } from './volumes/view';

function peerProperties({ kind, value }: Peer, egress: boolean): Record<string, string> {
  const end = egress ? 'Destination' : 'Source';
  const names: Record<Peer['kind'], string> = {
    ipv4: 'CidrIp',
    ipv6: 'CidrIpv6',
    'prefix-list': `${end}PrefixListId`,
    group: `${end}SecurityGroupId`,
  };
  return { [names[kind]]: value };
}

/** A template may name the group that is let in by its name. */
const sourceProperties = (call: Ec2Call, { value, userId }: Peer & { kind: 'group' }) => ({
  SourceSecurityGroupName: all(call, 'security-group').get(value)?.name,
  SourceSecurityGroupOwnerId: userId,
});

const ruleProperties = (call: Ec2Call) => (rule: Rule) => ({
  ...peerProperties(rule.peer, rule.egress),
  ...(rule.peer.kind === 'group' && !rule.egress ? sourceProperties(call, rule.peer) : {}),
  ...(rule.description === undefined ? {} : { Description: rule.description }),
  IpProtocol: rule.protocol,
  ...(rule.protocol === '-1' ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort }),
});

const groupProperties = (call: Ec2Call) => (group: SecurityGroup) => ({
  GroupId: group.id,
  GroupName: group.name,
  GroupDescription: group.description,
  VpcId: group.vpcId,
  SecurityGroupIngress: group.rules.filter(({ egress }) => !egress).map(ruleProperties(call)),
  SecurityGroupEgress: group.rules.filter(({ egress }) => egress).map(ruleProperties(call)),
});

const vpcProperties = (vpc: Vpc) => ({
  VpcId: vpc.id,
  CidrBlock: vpc.cidrBlock,
  EnableDnsHostnames: vpc.enableDnsHostnames,
  EnableDnsSupport: vpc.enableDnsSupport,
  InstanceTenancy: vpc.instanceTenancy,
});

const subnetProperties = (call: Ec2Call) => (subnet: Subnet) => ({
  SubnetId: subnet.id,
  VpcId: subnet.vpcId,
  CidrBlock: subnet.cidrBlock,
  AvailabilityZone: subnet.availabilityZone,
  AvailabilityZoneId: zoneIdOf(call.region, subnet.availabilityZone),
  MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
});

const tableProperties = ({ id, vpcId }: RouteTable) => ({ RouteTableId: id, VpcId: vpcId });

const gatewayProperties = ({ id }: InternetGateway) => ({ InternetGatewayId: id });

const interfaceProperties = (each: NetworkInterface) => ({
  Id: each.id,
  SubnetId: each.subnetId,
  Description: each.description,
  GroupSet: each.groupIds,
  PrivateIpAddress: each.privateIpAddress,
  SourceDestCheck: each.sourceDestCheck,
});

function shown<K extends Kind>(
  call: Ec2Call,
  kind: K,
  properties: (noun: Nouns[K]) => Record<string, unknown>,
): Resource[] {
  return [...all(call, kind).values()].map((noun) => ({
    arn: call.arn(`${kind}/${noun.id}`),
    type: kinds[kind].type,
    id: noun.id,
    ...('name' in noun ? { name: noun.name } : {}),
    tags: { ...call.state.tags.get(noun.id) },
    configuration: { ...properties(noun), Tags: tagList(call, noun.id) },
    createdAt: noun.createdAt,
  }));
}

/** What ec2 shows of an account's network, in the shapes of the CloudFormation types. */
export const view = (call: Ec2Call): Resource[] => [
  ...shown(call, 'vpc', vpcProperties),
  ...shown(call, 'subnet', subnetProperties(call)),
  ...shown(call, 'security-group', groupProperties(call)),
  ...shown(call, 'route-table', tableProperties),
  ...shown(call, 'internet-gateway', gatewayProperties),
  ...shown(call, 'network-interface', interfaceProperties),
  ...shown(call, 'network-acl', ({ id, vpcId }) => ({ Id: id, VpcId: vpcId })),
  ...shown(call, 'instance', instanceProperties(call)).filter(({ id }) => isShown(call, id)),
  ...shown(call, 'volume', volumeProperties(call)),
  ...shown(call, 'snapshot', snapshotProperties),
  ...shown(call, 'launch-template', templateProperties(call)),
  ...shown(call, 'dhcp-options', ({ id, domainName }) => ({
    DhcpOptionsId: id,
    DomainName: domainName,
    DomainNameServers: ['AmazonProvidedDNS'],
  })),
];
