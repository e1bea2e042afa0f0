import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { canonicalIpv4, canonicalIpv6 } from './cidr';
import { find, invalid, missing } from './kinds';
import { findGroup } from './rules';
import type { Ec2Call, Peer, Rule, SecurityGroup } from './state';
import { table } from '../../table';

/** A rule as a request asks for it, without the id that EC2 gives. */
export type RequestedRule = Omit<Rule, 'id'>;

interface FlatMembers {
  IpPermissions?: IpPermission[] | undefined;
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  CidrIp?: string | undefined;
  SourceSecurityGroupName?: string | undefined;
  SourceSecurityGroupOwnerId?: string | undefined;
}

const protocolNames: Record<string, string> = table({
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
});
const descriptionPattern = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

function protocolOf(text: string | undefined): string {
  if (!text) throw missing('ipProtocol');
  const name = protocolNames[text] ?? text.toLowerCase();
  const known = Object.values(protocolNames).includes(name) || name === '-1';
  const number = /^\d{1,3}$/.test(name) && Number(name) <= 255;
  if (!known && !number) {
    throw invalid(`Invalid value '${text}' for IP protocol. Unknown protocol.`);
  }
  return name;
}

function checkPort(port: number, end: 'from' | 'to') {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw invalid(`TCP/UDP (${end}) port (${port}) out of range`);
  }
}

function tcpPorts(from: number | undefined, to: number | undefined): [number, number] {
  if (from === undefined || to === undefined) {
    throw invalid(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  checkPort(from, 'from');
  checkPort(to, 'to');
  if (from > to) throw invalid(`Invalid TCP/UDP port range (${from}:${to})`);
  return [from, to];
}

function icmpTypes(type = -1, code = -1): [number, number] {
  if (type < -1 || type > 255) throw invalid(`ICMP type (${type}) out of range`);
  if (code < -1 || code > 255) throw invalid(`ICMP code (${code}) out of range`);
  return [type, code];
}

/** Protocol and ports as EC2 stores them; ports of a protocol that has none are ignored. */
export function checkedPorts(request: {
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
}): Pick<Rule, 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = protocolOf(request.IpProtocol);
  const ports = (): [number, number] => {
    if (protocol === 'tcp' || protocol === 'udp') return tcpPorts(request.FromPort, request.ToPort);
    if (protocol.startsWith('icmp')) return icmpTypes(request.FromPort, request.ToPort);
    return [-1, -1];
  };
  const [fromPort, toPort] = ports();
  return { protocol, fromPort, toPort };
}

/** A rule's description, when it is one that EC2 takes. */
export function checkedDescription(text: string | undefined): { description?: string } {
  if (text === undefined || text === '') return {};
  if (!descriptionPattern.test(text)) {
    throw invalid(
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    );
  }
  return { description: text };
}

/** A prefix list as peer; the lists themselves are not emulated, so only the id's form is checked. */
export function prefixListPeer(id = ''): Peer {
  if (!/^pl-[0-9a-f]{8,17}$/.test(id)) {
    throw awsError('InvalidPrefixListID.Malformed', `Invalid id: "${id}" (expecting "pl-...")`);
  }
  return { kind: 'prefix-list', value: id };
}

/** Another group as peer; a group of another account cannot be looked up and is taken as given. */
export function groupPeer(
  call: Ec2Call,
  { GroupId, GroupName, UserId }: UserIdGroupPair,
  group: SecurityGroup,
): Peer {
  if (GroupId && UserId && UserId !== call.accountId) {
    return { kind: 'group', value: GroupId, userId: UserId };
  }
  const peer = GroupId ? find(call, 'security-group', GroupId) : findGroup(call, { GroupName });
  if (peer.vpcId !== group.vpcId) {
    throw awsError(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    );
  }
  return { kind: 'group', value: peer.id, userId: call.accountId };
}

type Described = { peer: Peer; Description: string | undefined };

function peersOf(call: Ec2Call, permission: IpPermission, group: SecurityGroup): Described[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp = '', Description }): Described => {
      return { peer: { kind: 'ipv4', value: canonicalIpv4(CidrIp) }, Description };
    }),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }): Described => {
      return { peer: { kind: 'ipv6', value: canonicalIpv6(CidrIpv6) }, Description };
    }),
    ...PrefixListIds.map(({ PrefixListId, Description }): Described => {
      return { peer: prefixListPeer(PrefixListId), Description };
    }),
    ...UserIdGroupPairs.map(({ Description, ...pair }): Described => {
      return { peer: groupPeer(call, pair, group), Description };
    }),
  ];
}

const flatPeers = (request: FlatMembers): Partial<IpPermission> => {
  const {
    CidrIp,
    SourceSecurityGroupName: GroupName,
    SourceSecurityGroupOwnerId: UserId,
  } = request;
  return {
    IpRanges: CidrIp ? [{ CidrIp }] : [],
    UserIdGroupPairs: GroupName ? [{ GroupName, UserId }] : [],
  };
};

/** The flat members (`IpProtocol`, `CidrIp`, …) as the one permission they stand for. */
function permissionsIn(request: FlatMembers): IpPermission[] {
  if (request.IpPermissions?.length) return request.IpPermissions;
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName: source } = request;
  if (!IpProtocol && !CidrIp && !source) throw missing('ipPermissions'); // parameter not verified
  // Without a protocol a source group means all traffic from it.
  const protocol = IpProtocol ?? (source ? '-1' : undefined);
  return [{ IpProtocol: protocol, FromPort, ToPort, ...flatPeers(request) }];
}

/** Every rule that an Authorize or Revoke request spells out, checked and in canonical form. */
export function requestedRules(
  call: Ec2Call,
  request: FlatMembers,
  { group, egress }: { group: SecurityGroup; egress: boolean },
): RequestedRule[] {
  return permissionsIn(request).flatMap((permission) => {
    const ports = checkedPorts(permission);
    const peers = peersOf(call, permission, group);
    if (!peers.length) throw missing('ipRanges'); // which parameter AWS names was not verified
    return peers.map(({ peer, Description }) => ({
      egress,
      ...ports,
      peer,
      ...checkedDescription(Description),
    }));
  });
}
