import type { Item } from './state';

interface GroupRule {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  CidrIp?: string;
  CidrIpv6?: string;
  Description?: string;
  [peer: string]: unknown;
}

const described = <T extends object>(rule: GroupRule, member: T) => ({
  ...member,
  ...(rule.Description !== undefined && { description: rule.Description }),
});

function peersOf(rules: GroupRule[], end: 'Source' | 'Destination') {
  const of = <T extends object>(member: string, make: (value: string) => T) =>
    rules.flatMap((rule) => {
      const value = rule[member];
      return typeof value === 'string' ? [described(rule, make(value))] : [];
    });
  const ipv4Ranges = of('CidrIp', (cidrIp) => ({ cidrIp }));
  return {
    userIdGroupPairs: of(`${end}SecurityGroupId`, (groupId) => ({ groupId })),
    ipv6Ranges: of('CidrIpv6', (cidrIpv6) => ({ cidrIpv6 })),
    prefixListIds: of(`${end}PrefixListId`, (prefixListId) => ({ prefixListId })),
    ipv4Ranges,
    ipRanges: ipv4Ranges.map(({ cidrIp }) => cidrIp),
  };
}

/** Rules of one protocol and port range are one permission, as DescribeSecurityGroups shows them. */
function permissionsOf(rules: GroupRule[], end: 'Source' | 'Destination') {
  const groups = new Map<string, GroupRule[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.IpProtocol, rule.FromPort, rule.ToPort]);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((group) => ({
    ipProtocol: group[0]?.IpProtocol,
    ...(group[0]?.FromPort !== undefined && {
      fromPort: group[0].FromPort,
      toPort: group[0].ToPort,
    }),
    ...peersOf(group, end),
  }));
}

function securityGroup({ id, configuration, tags }: Item, accountId: string) {
  const rules = (name: string) => (configuration[name] ?? []) as GroupRule[];
  return {
    description: configuration['GroupDescription'],
    groupName: configuration['GroupName'],
    ipPermissions: permissionsOf(rules('SecurityGroupIngress'), 'Source'),
    ownerId: accountId,
    groupId: id,
    ipPermissionsEgress: permissionsOf(rules('SecurityGroupEgress'), 'Destination'),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    vpcId: configuration['VpcId'],
  };
}

/**
 * The configuration as Config shows it: older types in the shape of their Describe call, all
 * others in the shape of their CloudFormation type.
 */
export function describeShape(item: Item, accountId: string): Record<string, unknown> | null {
  if (item.status === 'ResourceDeleted') return null;
  if (item.type === 'AWS::EC2::SecurityGroup') return securityGroup(item, accountId);
  return item.configuration;
}
