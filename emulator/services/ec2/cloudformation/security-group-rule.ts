import type { EC2, IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { ignoring, onlyProperties, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { ruleProperties, toPermission } from './rule-properties';

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
  authorize(
    ec2: EC2,
    request: Request,
  ): Promise<{ SecurityGroupRules?: SecurityGroupRule[] | undefined }>;
  describe(ec2: EC2, request: Description): Promise<unknown>;
  revoke(ec2: EC2, request: Rule): Promise<unknown>;
}

const known = [...ruleProperties, 'GroupId', 'GroupName'];
const gone = ['InvalidSecurityGroupRuleId.NotFound', 'InvalidGroup.NotFound'];

const provided = (Id: string): Provided => ({ physicalId: Id, attributes: { Id } });

/** The group's id even where the template gives its name. */
async function groupIdOf(ec2: EC2, id: string): Promise<string | undefined> {
  const { SecurityGroupRules: [rule] = [] } = await ec2.describeSecurityGroupRules({
    SecurityGroupRuleIds: [id],
  });
  return rule?.GroupId;
}

const requestFor = (properties: Properties): Request => ({
  GroupId: text(properties, 'GroupId'),
  GroupName: text(properties, 'GroupName'),
  IpPermissions: [toPermission(properties)],
});

/** A rule as a resource of its own; its description alone can change in place. */
const ruleIn = (direction: Direction): ResourceProvider => ({
  async create(properties, context) {
    onlyProperties(properties, known);
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
});

/** AWS::EC2::SecurityGroupIngress */
export const ingressRule = ruleIn({
  authorize: (ec2, request) => ec2.authorizeSecurityGroupIngress(request),
  describe: (ec2, request) => ec2.updateSecurityGroupRuleDescriptionsIngress(request),
  revoke: (ec2, request) => ec2.revokeSecurityGroupIngress(request),
});

/** AWS::EC2::SecurityGroupEgress, which knows its group by id only. */
export const egressRule = ruleIn({
  authorize: (ec2, { GroupName: _none, ...request }) => ec2.authorizeSecurityGroupEgress(request),
  describe: (ec2, request) => ec2.updateSecurityGroupRuleDescriptionsEgress(request),
  revoke: (ec2, request) => ec2.revokeSecurityGroupEgress(request),
});
