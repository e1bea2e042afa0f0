import type { EC2, IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { ignoring, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { egressProperties, ingressProperties, toPermission } from './rule-properties';

interface Rule {
  GroupId: string | undefined;
  SecurityGroupRuleIds: string[];
}

interface Description {
  GroupId: string | undefined;
  SecurityGroupRuleDescriptions: { SecurityGroupRuleId: string; Description: string | undefined }[];
}

interface Request {
  GroupId: string | undefined;
  GroupName: string | undefined;
  IpPermissions: IpPermission[];
}

/** The operations of one direction. */
interface Direction {
  properties: readonly string[];
  authorize(
    ec2: EC2,
    request: Request,
  ): Promise<{ SecurityGroupRules?: SecurityGroupRule[] | undefined }>;
  describe(ec2: EC2, request: Description): Promise<unknown>;
  revoke(ec2: EC2, request: Rule): Promise<unknown>;
}

const gone = ['InvalidSecurityGroupRuleId.NotFound', 'InvalidGroup.NotFound'];

const provided = (Id: string): Provided => ({ physicalId: Id, attributes: { Id } });

async function findRule(ec2: EC2, id: string): Promise<SecurityGroupRule> {
  const { SecurityGroupRules: [rule] = [] } = await ec2.describeSecurityGroupRules({
    SecurityGroupRuleIds: [id],
  });
  return rule ?? {};
}

/** The group's id even where the template gives its name. */
const groupIdOf = async (ec2: EC2, id: string) => (await findRule(ec2, id)).GroupId;

/** Groups by id and by name, as a template may give either. */
async function readRule(ec2: EC2, id: string): Promise<Properties | undefined> {
  let rule: SecurityGroupRule | undefined;
  await ignoring(
    gone,
    findRule(ec2, id).then((found) => (rule = found)),
  );
  if (!rule) return undefined;
  const { GroupId, ReferencedGroupInfo: peer, PrefixListId } = rule;
  const end = rule.IsEgress ? 'Destination' : 'Source';
  return {
    GroupId,
    GroupName: await nameOf(ec2, GroupId),
    CidrIp: rule.CidrIpv4,
    CidrIpv6: rule.CidrIpv6,
    Description: rule.Description,
    FromPort: rule.FromPort,
    IpProtocol: rule.IpProtocol,
    ToPort: rule.ToPort,
    [`${end}PrefixListId`]: PrefixListId,
    [`${end}SecurityGroupId`]: peer?.GroupId,
    SourceSecurityGroupName: await nameOf(ec2, peer?.GroupId),
    SourceSecurityGroupOwnerId: peer?.UserId,
  };
}

async function nameOf(ec2: EC2, GroupId: string | undefined): Promise<string | undefined> {
  if (GroupId === undefined) return undefined;
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-id', Values: [GroupId] }],
  });
  return group?.GroupName;
}

const requestFor = (properties: Properties): Request => ({
  GroupId: text(properties, 'GroupId'),
  GroupName: text(properties, 'GroupName'),
  IpPermissions: [toPermission(properties)],
});

/** A rule as a resource of its own; its description alone can change in place. */
const ruleIn = (direction: Direction): ResourceProvider => ({
  properties: direction.properties,
  async create(properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const { SecurityGroupRules: [rule] = [] } = await direction.authorize(
      ec2,
      requestFor(properties),
    );
    return provided(rule?.SecurityGroupRuleId ?? '');
  },
  async update(id, { properties }, context) {
    const ec2 = context.client<EC2>('ec2');
    const Description = text(properties, 'Description');
    await direction.describe(ec2, {
      GroupId: await groupIdOf(ec2, id),
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: id, Description }],
    });
    return provided(id);
  },
  async delete(id, _properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const revoke = async () =>
      direction.revoke(ec2, { GroupId: await groupIdOf(ec2, id), SecurityGroupRuleIds: [id] });
    await ignoring(gone, revoke());
  },
  read: (id, _properties, context) => readRule(context.client<EC2>('ec2'), id),
});

/** AWS::EC2::SecurityGroupIngress */
export const ingressRule = ruleIn({
  properties: [...ingressProperties, 'GroupId', 'GroupName'],
  authorize: (ec2, request) => ec2.authorizeSecurityGroupIngress(request),
  describe: (ec2, request) => ec2.updateSecurityGroupRuleDescriptionsIngress(request),
  revoke: (ec2, request) => ec2.revokeSecurityGroupIngress(request),
});

/** AWS::EC2::SecurityGroupEgress, which knows its group by id only. */
export const egressRule = ruleIn({
  properties: [...egressProperties, 'GroupId'],
  authorize: (ec2, { GroupName: _none, ...request }) => ec2.authorizeSecurityGroupEgress(request),
  describe: (ec2, request) => ec2.updateSecurityGroupRuleDescriptionsEgress(request),
  revoke: (ec2, request) => ec2.revokeSecurityGroupEgress(request),
});
