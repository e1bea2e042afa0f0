import type { EC2 } from '@aws-sdk/client-ec2';
import { boolean, ignoring, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

const honoured = ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'];

async function defaultsOf(ec2: EC2, vpcId: string) {
  const ofVpc = { Name: 'vpc-id', Values: [vpcId] };
  const isDefault = { Name: 'default', Values: ['true'] };
  const isCalledDefault = { Name: 'group-name', Values: ['default'] };
  const { NetworkAcls } = await ec2.describeNetworkAcls({ Filters: [ofVpc, isDefault] });
  const { SecurityGroups } = await ec2.describeSecurityGroups({
    Filters: [ofVpc, isCalledDefault],
  });
  return {
    DefaultNetworkAcl: NetworkAcls?.[0]?.NetworkAclId,
    DefaultSecurityGroup: SecurityGroups?.[0]?.GroupId,
  };
}

async function provided(ec2: EC2, VpcId: string): Promise<Provided> {
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({ VpcIds: [VpcId] });
  const { CidrBlock, CidrBlockAssociationSet: associations = [] } = vpc ?? {};
  return {
    physicalId: VpcId,
    attributes: {
      VpcId,
      CidrBlock,
      CidrBlockAssociations: associations.map(({ AssociationId }) => AssociationId),
      Ipv6CidrBlocks: [],
      ...(await defaultsOf(ec2, VpcId)),
    },
  };
}

async function setDns(ec2: EC2, VpcId: string, properties: Properties) {
  const support = boolean(properties, 'EnableDnsSupport') ?? true;
  const hostnames = boolean(properties, 'EnableDnsHostnames') ?? false;
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: support } });
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: hostnames } });
}

async function create(properties: Properties, context: ProviderContext): Promise<Provided> {
  const ec2 = context.client<EC2>('ec2');
  const tenancy = text(properties, 'InstanceTenancy');
  const { Vpc: { VpcId = '' } = {} } = await ec2.createVpc({
    CidrBlock: required(properties, 'CidrBlock'),
    ...(tenancy === 'dedicated' ? { InstanceTenancy: 'dedicated' } : {}),
    ...specifications('vpc', properties, context),
  });
  await setDns(ec2, VpcId, properties);
  return provided(ec2, VpcId);
}

/** A VPC can go from dedicated to default tenancy, and never the other way. */
const becomesDedicated: NonNullable<ResourceProvider['replaces']> = ({ properties, previous }) =>
  (properties['InstanceTenancy'] === 'dedicated' && previous['InstanceTenancy'] !== 'dedicated') ||
  undefined;

/** AWS::EC2::VPC */
export const vpc: ResourceProvider = {
  properties: honoured,
  replaces: becomesDedicated,
  create,
  async update(id, { properties, previous }, context) {
    const ec2 = context.client<EC2>('ec2');
    if (text(previous, 'InstanceTenancy') === 'dedicated') {
      const InstanceTenancy = text(properties, 'InstanceTenancy') ?? 'default';
      if (InstanceTenancy === 'default') await ec2.modifyVpcTenancy({ VpcId: id, InstanceTenancy });
    }
    await setDns(ec2, id, properties);
    await updateTags({ id, properties, previous }, context);
    return provided(ec2, id);
  },
  delete: (VpcId, _properties, context) =>
    ignoring(['InvalidVpcID.NotFound'], context.client<EC2>('ec2').deleteVpc({ VpcId })),
};
