import { awsError } from '../../errors';
import type { Change } from '../../changes/change';
import { all, type Ec2Call, type Kind, type Nouns } from './state';

interface Facts {
  prefix: string;
  type: string;
  /** AWS spells these codes unevenly (`InvalidGroup.NotFound`, `InvalidGroupId.Malformed`). */
  notFound: string;
  /** Absent where AWS says of every id that it does not exist. */
  malformed?: string;
  /** The word in front of the id in "The … ID 'x' does not exist". */
  word: string;
  /** The whole text of the error where it is another one. */
  absent?: (id: string) => string;
  misspelt?: (id: string) => string;
}

/** How AWS names each kind of thing in ids, errors and CloudFormation. */
export const kinds: Record<Kind, Facts> = {
  'dhcp-options': {
    prefix: 'dopt',
    type: 'AWS::EC2::DHCPOptions',
    notFound: 'InvalidDhcpOptionID.NotFound',
    malformed: 'InvalidDhcpOptionsId.Malformed',
    word: 'dhcpOption',
  },
  instance: {
    prefix: 'i',
    type: 'AWS::EC2::Instance',
    notFound: 'InvalidInstanceID.NotFound',
    malformed: 'InvalidInstanceID.Malformed',
    word: 'instance',
    misspelt: (id) => `Invalid id: "${id}"`,
  },
  'internet-gateway': {
    prefix: 'igw',
    type: 'AWS::EC2::InternetGateway',
    notFound: 'InvalidInternetGatewayID.NotFound',
    malformed: 'InvalidInternetGatewayId.Malformed',
    word: 'internetGateway',
  },
  'launch-template': {
    prefix: 'lt',
    type: 'AWS::EC2::LaunchTemplate',
    notFound: 'InvalidLaunchTemplateId.NotFound',
    malformed: 'InvalidLaunchTemplateId.Malformed',
    word: 'launchTemplate',
    absent: (id) => `The specified launch template, with template ID ${id}, does not exist.`,
  },
  'network-acl': {
    prefix: 'acl',
    type: 'AWS::EC2::NetworkAcl',
    notFound: 'InvalidNetworkAclID.NotFound',
    malformed: 'InvalidNetworkAclId.Malformed',
    word: 'networkAcl',
  },
  'network-interface': {
    prefix: 'eni',
    type: 'AWS::EC2::NetworkInterface',
    notFound: 'InvalidNetworkInterfaceID.NotFound',
    malformed: 'InvalidNetworkInterfaceId.Malformed',
    word: 'networkInterface',
  },
  'route-table': {
    prefix: 'rtb',
    type: 'AWS::EC2::RouteTable',
    notFound: 'InvalidRouteTableID.NotFound',
    word: 'routeTable',
  },
  'security-group': {
    prefix: 'sg',
    type: 'AWS::EC2::SecurityGroup',
    notFound: 'InvalidGroup.NotFound',
    malformed: 'InvalidGroupId.Malformed',
    word: 'security group',
    absent: (id) => `The security group '${id}' does not exist`,
  },
  snapshot: {
    prefix: 'snap',
    type: 'AWS::EC2::Snapshot',
    notFound: 'InvalidSnapshot.NotFound',
    malformed: 'InvalidParameterValue',
    word: 'snapshot',
    absent: (id) => `The snapshot '${id}' does not exist.`,
    misspelt: (id) => `Value (${id}) for parameter snapshotId is invalid. Expected: 'snap-...'.`,
  },
  subnet: {
    prefix: 'subnet',
    type: 'AWS::EC2::Subnet',
    notFound: 'InvalidSubnetID.NotFound',
    word: 'subnet',
  },
  volume: {
    prefix: 'vol',
    type: 'AWS::EC2::Volume',
    notFound: 'InvalidVolume.NotFound',
    malformed: 'InvalidParameterValue',
    word: 'volume',
    absent: (id) => `The volume '${id}' does not exist.`,
    misspelt: (id) => `Value (${id}) for parameter volumeId is invalid. Expected: 'vol-...'.`,
  },
  vpc: {
    prefix: 'vpc',
    type: 'AWS::EC2::VPC',
    notFound: 'InvalidVpcID.NotFound',
    word: 'vpc',
  },
};

/** Whether an id looks like one of that kind. */
export const isWellFormed = (kind: Kind, id: string): boolean =>
  new RegExp(`^${kinds[kind].prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id);

function notFound(kind: Kind, id: string) {
  const { notFound: code, word, absent } = kinds[kind];
  return awsError(code, absent?.(id) ?? `The ${word} ID '${id}' does not exist`);
}

/** The thing of that id, or AWS's error for an id that is missing, malformed or unknown. */
export function find<K extends Kind>(call: Ec2Call, kind: K, id: string | undefined): Nouns[K] {
  const { prefix, malformed, misspelt } = kinds[kind];
  if (!id) throw missing(`${kinds[kind].word.replace('security group', 'group')}Id`);
  if (malformed && !isWellFormed(kind, id)) {
    throw awsError(malformed, misspelt?.(id) ?? `Invalid id: "${id}" (expecting "${prefix}-...")`);
  }
  const found = all(call, kind).get(id);
  if (!found) throw notFound(kind, id);
  return found;
}

/** AWS's error for a required parameter that the request lacks. */
export const missing = (parameter: string) =>
  awsError('MissingParameter', `The request must contain the parameter ${parameter}`);

/** AWS's error for a parameter whose value is refused. */
export const invalid = (message: string) => awsError('InvalidParameterValue', message);

/** Which kind an id belongs to, by its prefix. */
export const kindOf = (id: string): Kind | undefined =>
  (Object.keys(kinds) as Kind[]).find((kind) => id.startsWith(`${kinds[kind].prefix}-`));

/** A fresh id such as `sg-0a1b2c3d4e5f60718`. */
export const newId = (call: Ec2Call, prefix: string) => `${prefix}-0${call.random.hex(16)}`;

/** Tells the feed that one of the account's things changed. */
export const announce = (call: Ec2Call, change: Change['kind'], noun: [Kind, string]) =>
  call.announce({ kind: change, type: kinds[noun[0]].type, id: noun[1] });

/** Stores a new thing and announces it. */
export function add<K extends Kind>(call: Ec2Call, kind: K, noun: Nouns[K]): Nouns[K] {
  all(call, kind).set(noun.id, noun);
  announce(call, 'CREATE', [kind, noun.id]);
  return noun;
}

/** Removes a thing with its tags and announces that. */
export function remove(call: Ec2Call, kind: Kind, id: string) {
  all(call, kind).delete(id);
  call.state.tags.delete(id);
  announce(call, 'DELETE', [kind, id]);
}

/** The things of that kind in one VPC. */
export const inVpc = <K extends Kind>(call: Ec2Call, kind: K, vpcId: string): Nouns[K][] =>
  [...all(call, kind).values()].filter((noun) => 'vpcId' in noun && noun.vpcId === vpcId);

/** AWS's refusal to delete what others depend on. */
export const hasDependencies = (kind: Kind, id: string) =>
  awsError(
    'DependencyViolation',
    `The ${kinds[kind].word} '${id}' has dependencies and cannot be deleted.`,
  );
