import type { EC2 } from '@aws-sdk/client-ec2';
import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type { Instance } from './instances/instance';
import type { LaunchTemplate } from './launch-templates/launch-template';
import type { Snapshot, Volume } from './volumes/volume';

interface Noun {
  id: string;
  createdAt: Date;
}

export interface DhcpOptions extends Noun {
  domainName: string;
}

export interface InternetGateway extends Noun {
  vpcId?: string;
}

export interface NetworkAcl extends Noun {
  vpcId: string;
}

interface InterfaceAttachment {
  id: string;
  instanceId: string;
  deviceIndex: number;
  attachedAt: Date;
  deleteOnTermination: boolean;
}

export interface NetworkInterface extends Noun {
  vpcId: string;
  subnetId: string;
  description: string;
  privateIpAddress: string;
  macAddress: string;
  groupIds: string[];
  sourceDestCheck: boolean;
  publicIp?: string;
  attachment?: InterfaceAttachment;
}

export interface Association {
  id: string;
  main: boolean;
  subnetId?: string;
}

export interface Route {
  destinationCidrBlock?: string;
  destinationIpv6CidrBlock?: string;
  /** `local`, an internet gateway or a network interface. */
  target: string;
  origin: 'CreateRouteTable' | 'CreateRoute';
}

export interface RouteTable extends Noun {
  vpcId: string;
  routes: Route[];
  associations: Association[];
}

/** Whom a rule lets in or out: exactly one of the four. */
export type Peer =
  | { kind: 'ipv4'; value: string }
  | { kind: 'ipv6'; value: string }
  | { kind: 'prefix-list'; value: string }
  | { kind: 'group'; value: string; userId: string };

/** One row of the console's table: AWS gives each peer of an IpPermission its own rule. */
export interface Rule {
  id: string;
  egress: boolean;
  protocol: string;
  /** ICMP type when the protocol is ICMP; -1 when the protocol has no ports. */
  fromPort: number;
  toPort: number;
  peer: Peer;
  description?: string;
}

export interface SecurityGroup extends Noun {
  name: string;
  description: string;
  vpcId: string;
  rules: Rule[];
}

export interface Subnet extends Noun {
  vpcId: string;
  cidrBlock: string;
  availabilityZone: string;
  defaultForAz: boolean;
  mapPublicIpOnLaunch: boolean;
  networkAclId: string;
  networkAclAssociationId: string;
}

export interface Vpc extends Noun {
  cidrBlock: string;
  cidrAssociationId: string;
  isDefault: boolean;
  dhcpOptionsId: string;
  instanceTenancy: 'default' | 'dedicated';
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
}

/** What has an id and a collection of its own, by the name that tags and ARNs give it. */
export interface Nouns {
  'dhcp-options': DhcpOptions;
  instance: Instance;
  'internet-gateway': InternetGateway;
  'launch-template': LaunchTemplate;
  'network-acl': NetworkAcl;
  'network-interface': NetworkInterface;
  'route-table': RouteTable;
  'security-group': SecurityGroup;
  snapshot: Snapshot;
  subnet: Subnet;
  volume: Volume;
  vpc: Vpc;
}

export type Kind = keyof Nouns;

type Collections = { [K in Kind]: Map<string, Nouns[K]> };

export interface Ec2State extends Collections {
  /** Tags of everything that has an id, rules of security groups too. */
  tags: Map<string, Record<string, string>>;
}

export type Ec2Call = Call<Ec2State>;

/** The collection of one kind, typed by it; state of an earlier version lacks the later kinds. */
export function all<K extends Kind>({ state }: Ec2Call, kind: K): Map<string, Nouns[K]> {
  const collections: Partial<Collections> = state;
  return (collections[kind] ??= new Map() as Collections[K]);
}

export type Ec2Handlers = Handlers<EC2, Ec2State>;

/** An account without any network; the seed puts the default one there. */
export const createState = (): Ec2State => ({
  'dhcp-options': new Map(),
  instance: new Map(),
  'internet-gateway': new Map(),
  'launch-template': new Map(),
  'network-acl': new Map(),
  'network-interface': new Map(),
  'route-table': new Map(),
  'security-group': new Map(),
  snapshot: new Map(),
  subnet: new Map(),
  volume: new Map(),
  vpc: new Map(),
  tags: new Map(),
});
