import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import { emulated } from '../../../test/support/emulated';

const everyone = { CidrIp: '0.0.0.0/0' };
const ssh: IpPermission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [everyone] };
const sshV6: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
};

const connect = () => emulated().client(EC2);

async function groupIn(ec2: EC2, VpcId?: string) {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: 'web',
    Description: 'the web tier',
    VpcId,
  });
  return GroupId;
}

async function ownVpc(ec2: EC2) {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  return Vpc?.VpcId ?? '';
}

async function ingressOf(ec2: EC2, GroupId: string) {
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  return SecurityGroups?.[0]?.IpPermissions;
}

describe('a new security group', () => {
  test('without a VpcId goes to the default VPC, lets nothing in and everything out', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({
      Filters: [{ Name: 'is-default', Values: ['true'] }],
    });

    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });

    expect(SecurityGroups).toEqual([
      {
        GroupId,
        GroupName: 'web',
        Description: 'the web tier',
        VpcId: vpc?.VpcId,
        OwnerId: '000000000000',
        SecurityGroupArn: `arn:aws:ec2:us-east-1:000000000000:security-group/${GroupId}`,
        Tags: [],
        IpPermissions: [],
        IpPermissionsEgress: [
          {
            IpProtocol: '-1',
            IpRanges: [everyone],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
      },
    ]);
  });

  test('with a name that its VPC has already is refused', async () => {
    const ec2 = connect();
    await groupIn(ec2);

    await expect(groupIn(ec2)).rejects.toMatchObject({
      name: 'InvalidGroup.Duplicate',
    });
    await expect(groupIn(ec2, await ownVpc(ec2))).resolves.toMatch(/^sg-[0-9a-f]{17}$/);
  });

  test.each([
    ['default', 'Cannot use reserved security group name: default'],
    ['sg-1', "Invalid value 'sg-1' for groupName. Group names may not be in the format sg-*."],
  ])('may not be called %s (texts unverified)', async (GroupName, message) => {
    await expect(
      connect().createSecurityGroup({ GroupName, Description: 'x' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue', message });
  });
});

describe('RevokeSecurityGroupIngress', () => {
  test('in the default VPC removes what matches and names what does not', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    const answer = await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh, sshV6] });

    expect(answer.Return).toBe(true);
    expect(answer.UnknownIpPermissions).toEqual([expect.objectContaining(sshV6)]);
    expect(answer.RevokedSecurityGroupRules).toMatchObject([
      { CidrIpv4: '0.0.0.0/0', FromPort: 22, ToPort: 22, IpProtocol: 'tcp', IsEgress: false },
    ]);
    await expect(ingressOf(ec2, GroupId)).resolves.toEqual([]);
  });

  test('in any other VPC fails as a whole when one rule does not match', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2, await ownVpc(ec2));
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    await expect(
      ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh, sshV6] }),
    ).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    await expect(ingressOf(ec2, GroupId)).resolves.toMatchObject([{ FromPort: 22, ToPort: 22 }]);
  });

  test.each([
    ['a wider range of ports', { ...ssh, FromPort: 0, ToPort: 65535 }],
    ['all protocols', { IpProtocol: '-1', IpRanges: [everyone] }],
    ['a narrower source', { ...ssh, IpRanges: [{ CidrIp: '0.0.0.0/1' }] }],
  ])('leaves a rule for %s alone', async (_what, permission) => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] });

    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    await expect(ingressOf(ec2, GroupId)).resolves.toMatchObject([permission]);
  });

  test('does not look at descriptions', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const described = { ...ssh, IpRanges: [{ ...everyone, Description: 'five minutes' }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [described] });

    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    await expect(ingressOf(ec2, GroupId)).resolves.toEqual([]);
  });

  test('takes flat members and rule ids too', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const flat = { GroupId, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    await ec2.authorizeSecurityGroupIngress(flat);
    const { SecurityGroupRules: [rule] = [] } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [sshV6],
    });

    await ec2.revokeSecurityGroupIngress(flat);
    await ec2.revokeSecurityGroupIngress({
      GroupId,
      SecurityGroupRuleIds: [rule?.SecurityGroupRuleId ?? ''],
    });

    await expect(ingressOf(ec2, GroupId)).resolves.toEqual([]);
  });

  test('by an unknown rule id fails in the default VPC as well', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);

    await expect(
      ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: ['sgr-00000000000000000'] }),
    ).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
  });
});

describe('AuthorizeSecurityGroupIngress', () => {
  test('of a rule that is there already is refused by its words', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    await expect(
      ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [sshV6, ssh] }),
    ).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
    await expect(ingressOf(ec2, GroupId)).resolves.toHaveLength(1);
  });

  test('stores networks in canonical form and joins rules of the same ports', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [
        { ...ssh, IpProtocol: '6', IpRanges: [{ CidrIp: '10.1.2.3/16', Description: 'office' }] },
        { ...sshV6, Ipv6Ranges: [{ CidrIpv6: '2001:DB8:0:0::1/32' }] },
      ],
    });

    await expect(ingressOf(ec2, GroupId)).resolves.toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'office' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ]);
  });

  test.each<[string, IpPermission]>([
    ['CIDR block 0.0.0.0 is malformed', { ...ssh, IpRanges: [{ CidrIp: '0.0.0.0' }] }],
    ['CIDR block ::1/129 is malformed', { ...sshV6, Ipv6Ranges: [{ CidrIpv6: '::1/129' }] }],
    ["Invalid value 'all' for IP protocol. Unknown protocol.", { ...ssh, IpProtocol: 'all' }],
    ['TCP/UDP (to) port (70000) out of range', { ...ssh, ToPort: 70000 }],
    ['Invalid TCP/UDP port range (443:22)', { ...ssh, FromPort: 443 }],
    [
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      { IpProtocol: 'tcp', IpRanges: [everyone] },
    ],
  ])('answers %p (text unverified)', async (message, permission) => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);

    await expect(
      ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue', message });
  });

  test('as a dry run changes nothing', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);

    await expect(
      ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh], DryRun: true }),
    ).rejects.toMatchObject({
      name: 'DryRunOperation',
      $metadata: { httpStatusCode: 412 },
    });
    await expect(ingressOf(ec2, GroupId)).resolves.toEqual([]);
  });

  test('of a 61st rule exceeds the quota', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const IpRanges = Array.from({ length: 61 }, (_, index) => ({ CidrIp: `10.0.${index}.0/24` }));

    await expect(
      ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [{ ...ssh, IpRanges }] }),
    ).rejects.toMatchObject({ name: 'RulesPerSecurityGroupLimitExceeded' });
  });
});

describe('DeleteSecurityGroup', () => {
  test('of the default group is refused (text unverified)', async () => {
    const ec2 = connect();
    const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({});

    await expect(ec2.deleteSecurityGroup({ GroupId: group?.GroupId })).rejects.toMatchObject({
      name: 'CannotDelete',
      message: `the specified group: "${group?.GroupId}" name: "default" cannot be deleted by a user`,
    });
  });

  test('of a group that another group or an interface uses is refused until nobody does', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const { Subnets: [subnet] = [] } = await ec2.describeSubnets({});
    const { NetworkInterface } = await ec2.createNetworkInterface({
      SubnetId: subnet?.SubnetId,
      Groups: [GroupId],
    });
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;

    await expect(ec2.deleteSecurityGroup({ GroupId })).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await ec2.deleteNetworkInterface({ NetworkInterfaceId });
    await ec2.deleteSecurityGroup({ GroupId });

    await expect(ingressOf(ec2, GroupId)).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
  });
});

describe('DescribeSecurityGroups', () => {
  test('refuses an id that is none (text unverified)', async () => {
    await expect(connect().describeSecurityGroups({ GroupIds: ['web'] })).rejects.toMatchObject({
      name: 'InvalidGroupId.Malformed',
      message: 'Invalid id: "web" (expecting "sg-...")',
    });
  });

  test.each([
    { Name: 'ip-permission.cidr', Values: ['0.0.0.0/0'] },
    { Name: 'ip-permission.from-port', Values: ['22'] },
    { Name: 'ip-permission.protocol', Values: ['tcp'] },
    { Name: 'tag:dop-labs:lab', Values: ['lab-*'] },
    { Name: 'tag-key', Values: ['dop-labs:lab'] },
    { Name: 'group-name', Values: ['we?', 'app'] },
    { Name: 'description', Values: ['the web tier'] },
  ])('filters by %p', async (filter) => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });
    await ec2.createTags({
      Resources: [GroupId],
      Tags: [{ Key: 'dop-labs:lab', Value: 'lab-05' }],
    });

    const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters: [filter] });

    expect(SecurityGroups?.map((group) => group.GroupId)).toEqual([GroupId]);
  });

  test('refuses a filter that it does not know', async () => {
    const Filters = [{ Name: 'colour', Values: ['blue'] }];
    await expect(connect().describeSecurityGroups({ Filters })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('security group rules', () => {
  test('are described one by one with their tags', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const { SecurityGroupRules: [rule] = [] } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [ssh],
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'why', Value: 'test' }] },
      ],
    });

    const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({
      Filters: [{ Name: 'group-id', Values: [GroupId] }],
    });

    expect(SecurityGroupRules).toHaveLength(2);
    expect(SecurityGroupRules).toContainEqual({
      SecurityGroupRuleId: rule?.SecurityGroupRuleId,
      SecurityGroupRuleArn: `arn:aws:ec2:us-east-1:000000000000:security-group-rule/${rule?.SecurityGroupRuleId}`,
      GroupId,
      GroupOwnerId: '000000000000',
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: '0.0.0.0/0',
      Tags: [{ Key: 'why', Value: 'test' }],
    });
  });

  test('keep their id when they are modified', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    const { SecurityGroupRules: [rule] = [] } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [ssh],
    });
    const SecurityGroupRuleId = rule?.SecurityGroupRuleId;

    await ec2.modifySecurityGroupRules({
      GroupId,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId,
          SecurityGroupRule: {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            CidrIpv4: '10.0.0.0/8',
          },
        },
      ],
    });

    const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({
      SecurityGroupRuleIds: [SecurityGroupRuleId ?? ''],
    });
    expect(SecurityGroupRules).toMatchObject([{ FromPort: 443, CidrIpv4: '10.0.0.0/8' }]);
  });

  test('get a new description in place', async () => {
    const ec2 = connect();
    const GroupId = await groupIn(ec2);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh] });

    await ec2.updateSecurityGroupRuleDescriptionsIngress({
      GroupId,
      IpPermissions: [{ ...ssh, IpRanges: [{ ...everyone, Description: 'temporary' }] }],
    });

    await expect(ingressOf(ec2, GroupId)).resolves.toMatchObject([
      { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'temporary' }] },
    ]);
  });
});
