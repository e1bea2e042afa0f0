import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { find } from './kinds';
import type { Ec2Call, Peer, Rule, SecurityGroup } from './state';
import { tagList } from './tagging';

const hasPorts = (protocol: string) => ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);

const samePeer = (one: Peer, other: Peer) => one.kind === other.kind && one.value === other.value;

/** Whether two rules allow exactly the same: descriptions and ids do not count. */
export const sameRule = (one: Omit<Rule, 'id'>, other: Omit<Rule, 'id'>) =>
  one.egress === other.egress &&
  one.protocol === other.protocol &&
  one.fromPort === other.fromPort &&
  one.toPort === other.toPort &&
  samePeer(one.peer, other.peer);

const described = (rule: Omit<Rule, 'id'>) =>
  rule.description === undefined ? {} : { Description: rule.description };

type Lists = 'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs';
type Permission = IpPermission & { [K in Lists]: NonNullable<IpPermission[K]> };

function addPeer(permission: Permission, rule: Omit<Rule, 'id'>) {
  const { peer } = rule;
  switch (peer.kind) {
    case 'ipv4':
      return permission.IpRanges.push({ ...described(rule), CidrIp: peer.value });
    case 'ipv6':
      return permission.Ipv6Ranges.push({ ...described(rule), CidrIpv6: peer.value });
    case 'prefix-list':
      return permission.PrefixListIds.push({ ...described(rule), PrefixListId: peer.value });
    case 'group':
      return permission.UserIdGroupPairs.push({
        ...described(rule),
        UserId: peer.userId,
        GroupId: peer.value,
      });
  }
}

/** Rules as DescribeSecurityGroups shows them: one permission a protocol and port range. */
export function toPermissions(rules: Omit<Rule, 'id'>[]): IpPermission[] {
  const permissions = new Map<string, Permission>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    const permission = permissions.get(key) ?? {
      IpProtocol: rule.protocol,
      FromPort: hasPorts(rule.protocol) ? rule.fromPort : undefined,
      ToPort: hasPorts(rule.protocol) ? rule.toPort : undefined,
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    addPeer(permission, rule);
    permissions.set(key, permission);
  }
  return [...permissions.values()];
}

function peerMembers({ peer }: Rule): SecurityGroupRule {
  switch (peer.kind) {
    case 'ipv4':
      return { CidrIpv4: peer.value };
    case 'ipv6':
      return { CidrIpv6: peer.value };
    case 'prefix-list':
      return { PrefixListId: peer.value };
    case 'group':
      return { ReferencedGroupInfo: { GroupId: peer.value, UserId: peer.userId } };
  }
}

/** A rule as DescribeSecurityGroupRules shows it. */
export const toRule = (call: Ec2Call, group: SecurityGroup, rule: Rule): SecurityGroupRule => ({
  SecurityGroupRuleId: rule.id,
  GroupId: group.id,
  GroupOwnerId: call.accountId,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.fromPort,
  ToPort: rule.toPort,
  ...peerMembers(rule),
  ...described(rule),
  Tags: tagList(call, rule.id),
  SecurityGroupRuleArn: call.arn(`security-group-rule/${rule.id}`),
});

/** The rule of that id with its group, or AWS's error. */
export function findRule(call: Ec2Call, id: string): { group: SecurityGroup; rule: Rule } {
  for (const group of call.state['security-group'].values()) {
    const rule = group.rules.find((each) => each.id === id);
    if (rule) return { group, rule };
  }
  throw ruleNotFound(id);
}

/** The rule of that id in one group and direction, or AWS's error. */
export function ruleOf(group: SecurityGroup, id: string, egress: boolean): Rule {
  const rule = group.rules.find((each) => each.id === id && each.egress === egress);
  if (!rule) throw ruleNotFound(id);
  return rule;
}

const ruleNotFound = (id: string) =>
  awsError(
    'InvalidSecurityGroupRuleId.NotFound',
    `The security group rule ID '${id}' does not exist`,
  );

/** The group that a request names by id, or by name in the default VPC. */
export function findGroup(
  call: Ec2Call,
  { GroupId, GroupName }: { GroupId?: string | undefined; GroupName?: string | undefined },
): SecurityGroup {
  if (GroupId !== undefined || !GroupName) return find(call, 'security-group', GroupId);
  const vpc = [...call.state.vpc.values()].find(({ isDefault }) => isDefault);
  const found = [...call.state['security-group'].values()].find(
    (group) => group.name === GroupName && group.vpcId === vpc?.id,
  );
  if (found) return found;
  throw awsError(
    'InvalidGroup.NotFound',
    `The security group '${GroupName}' does not exist in default VPC '${vpc?.id ?? 'none'}'`,
  );
}
