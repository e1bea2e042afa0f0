import type { EC2, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { ignoring, onlyProperties, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { ruleProperties, toPermission } from './rule-properties';

const known = [...ruleProperties, 'GroupId', 'GroupName'];
const gone = ['InvalidSecurityGroupRuleId.NotFound', 'InvalidGroup.NotFound'];

const request = (properties: Properties) => ({
  GroupId: text(properties, 'GroupId'),
  GroupName: text(properties, 'GroupName'),
  IpPermissions: [toPermission(properties)],
});

function provided([rule]: SecurityGroupRule[] = []): Provided {
  const Id = rule?.SecurityGroupRuleId ?? '';
  return { physicalId: Id, attributes: { Id } };
}

/** The group's id even where the template gives its name. */
async function groupIdOf(ec2: EC2, id: string): Promise<string | undefined> {
  const { SecurityGroupRules: [rule] = [] } = await ec2.describeSecurityGroupRules({
    SecurityGroupRuleIds: [id],
  });
  return rule?.GroupId;
}

const withDescription = (id: string, properties: Properties) => [
  { SecurityGroupRuleId: id, Description: text(properties, 'Description') },
];

/** AWS::EC2::SecurityGroupIngress */
export const ingressRule: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, known);
    const ec2 = context.client<EC2>('ec2');
    return provided(
      (await ec2.authorizeSecurityGroupIngress(request(properties))).SecurityGroupRules,
    );
  },
  async update(id, { properties }, context) {
    const ec2 = context.client<EC2>('ec2');
    await ec2.updateSecurityGroupRuleDescriptionsIngress({
      GroupId: await groupIdOf(ec2, id),
      SecurityGroupRuleDescriptions: withDescription(id, properties),
    });
    return provided([{ SecurityGroupRuleId: id }]);
  },
  async delete(id, _properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const revoke = async () =>
      ec2.revokeSecurityGroupIngress({
        GroupId: await groupIdOf(ec2, id),
        SecurityGroupRuleIds: [id],
      });
    await ignoring(gone, revoke());
  },
};

/** AWS::EC2::SecurityGroupEgress */
export const egressRule: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, known);
    const { GroupName: _none, ...wanted } = request(properties);
    const ec2 = context.client<EC2>('ec2');
    return provided((await ec2.authorizeSecurityGroupEgress(wanted)).SecurityGroupRules);
  },
  async update(id, { properties }, context) {
    const ec2 = context.client<EC2>('ec2');
    await ec2.updateSecurityGroupRuleDescriptionsEgress({
      GroupId: await groupIdOf(ec2, id),
      SecurityGroupRuleDescriptions: withDescription(id, properties),
    });
    return provided([{ SecurityGroupRuleId: id }]);
  },
  async delete(id, _properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const revoke = async () =>
      ec2.revokeSecurityGroupEgress({
        GroupId: await groupIdOf(ec2, id),
        SecurityGroupRuleIds: [id],
      });
    await ignoring(gone, revoke());
  },
};
