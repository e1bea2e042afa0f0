import type { EC2, IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { ignoring, objects, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { egressProperties, ingressProperties, toPermission } from './rule-properties';
import { specifications, updateTags } from './tags';

const honoured = [
  'GroupDescription',
  'GroupName',
  ...egressProperties.map((name) => `SecurityGroupEgress.${name}`),
  ...ingressProperties.map((name) => `SecurityGroupIngress.${name}`),
  'Tags',
  'VpcId',
];

interface Rules {
  ingress: IpPermission[];
  egress: IpPermission[];
}

const allowAllOut: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** A fresh group has no ingress and lets everything out; so has one without inline egress rules. */
const fresh: Rules = { ingress: [], egress: [allowAllOut] };

const rulesOf = (properties: Properties, name: string): IpPermission[] =>
  objects(properties, name).map(toPermission);

function wantedRules(properties: Properties): Rules {
  const egress = rulesOf(properties, 'SecurityGroupEgress');
  return {
    ingress: rulesOf(properties, 'SecurityGroupIngress'),
    egress: egress.length ? egress : fresh.egress,
  };
}

const missingIn = (present: IpPermission[]) => {
  const known = new Set(present.map((each) => JSON.stringify(each)));
  return (permission: IpPermission) => !known.has(JSON.stringify(permission));
};

/** What is gone goes first, so that a changed description is not refused as a duplicate. */
async function bringRules(ec2: EC2, GroupId: string, change: { from: Rules; to: Rules }) {
  const { from, to } = change;
  const gone = ['InvalidPermission.NotFound'];
  for (const permission of from.ingress.filter(missingIn(to.ingress))) {
    const request = { GroupId, IpPermissions: [permission] };
    await ignoring(gone, ec2.revokeSecurityGroupIngress(request));
  }
  for (const permission of from.egress.filter(missingIn(to.egress))) {
    const request = { GroupId, IpPermissions: [permission] };
    await ignoring(gone, ec2.revokeSecurityGroupEgress(request));
  }
  const ingress = to.ingress.filter(missingIn(from.ingress));
  const egress = to.egress.filter(missingIn(from.egress));
  if (ingress.length) {
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ingress });
  }
  if (egress.length) await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: egress });
}

/** The group behind a physical id, which is a name for a group without a VpcId. */
async function groupOf(ec2: EC2, physicalId: string): Promise<SecurityGroup> {
  const query = physicalId.startsWith('sg-')
    ? { GroupIds: [physicalId] }
    : { GroupNames: [physicalId] };
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups(query);
  return group ?? {};
}

const provided = ({ GroupId = '', VpcId }: SecurityGroup, physicalId: string): Provided => ({
  physicalId,
  attributes: { GroupId, Id: physicalId, VpcId },
});

async function create(properties: Properties, context: ProviderContext): Promise<Provided> {
  const to = wantedRules(properties);
  const ec2 = context.client<EC2>('ec2');
  const VpcId = text(properties, 'VpcId');
  const GroupName = text(properties, 'GroupName') ?? context.physicalName(255);
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName,
    Description: required(properties, 'GroupDescription'),
    VpcId,
    ...specifications('security-group', properties, context),
  });
  try {
    await bringRules(ec2, GroupId, { from: fresh, to });
  } catch (error) {
    // The stack never learns the id of a group whose rules were refused, so it goes here.
    await ec2.deleteSecurityGroup({ GroupId });
    throw error;
  }
  return provided(await groupOf(ec2, GroupId), VpcId === undefined ? GroupName : GroupId);
}

/** AWS::EC2::SecurityGroup; without a VpcId its physical id is the group's name. */
export const securityGroup: ResourceProvider = {
  properties: honoured,
  create,
  async update(physicalId, { properties, previous }, context) {
    const ec2 = context.client<EC2>('ec2');
    const group = await groupOf(ec2, physicalId);
    const id = group.GroupId ?? '';
    await bringRules(ec2, id, { from: wantedRules(previous), to: wantedRules(properties) });
    await updateTags({ id, properties, previous }, context);
    return provided(group, physicalId);
  },
  delete: (id, _properties, context) =>
    ignoring(
      ['InvalidGroup.NotFound'],
      context
        .client<EC2>('ec2')
        .deleteSecurityGroup(id.startsWith('sg-') ? { GroupId: id } : { GroupName: id }),
    ),
};
