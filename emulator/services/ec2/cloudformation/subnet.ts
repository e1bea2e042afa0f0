import type { EC2, Subnet } from '@aws-sdk/client-ec2';
import { boolean, ignoring, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

const honoured = [
  'AvailabilityZone',
  'AvailabilityZoneId',
  'CidrBlock',
  'MapPublicIpOnLaunch',
  'Tags',
  'VpcId',
];

async function aclAssociation(ec2: EC2, subnetId: string): Promise<string | undefined> {
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'association.subnet-id', Values: [subnetId] }],
  });
  const associations = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  return associations.find(({ SubnetId }) => SubnetId === subnetId)?.NetworkAclAssociationId;
}

async function provided(ec2: EC2, subnet: Subnet = {}): Promise<Provided> {
  const { SubnetId = '', AvailabilityZone, AvailabilityZoneId, CidrBlock, VpcId } = subnet;
  return {
    physicalId: SubnetId,
    attributes: {
      SubnetId,
      AvailabilityZone,
      AvailabilityZoneId,
      CidrBlock,
      Ipv6CidrBlocks: [],
      NetworkAclAssociationId: await aclAssociation(ec2, SubnetId),
      VpcId,
    },
  };
}

async function setPublic(ec2: EC2, SubnetId: string, properties: Properties) {
  const Value = boolean(properties, 'MapPublicIpOnLaunch') ?? false;
  await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value } });
}

async function create(properties: Properties, context: ProviderContext): Promise<Provided> {
  const ec2 = context.client<EC2>('ec2');
  const { Subnet: created } = await ec2.createSubnet({
    VpcId: required(properties, 'VpcId'),
    CidrBlock: required(properties, 'CidrBlock'),
    AvailabilityZone: text(properties, 'AvailabilityZone'),
    AvailabilityZoneId: text(properties, 'AvailabilityZoneId'),
    ...specifications('subnet', properties, context),
  });
  await setPublic(ec2, created?.SubnetId ?? '', properties);
  return provided(ec2, created);
}

/** AWS::EC2::Subnet */
export const subnet: ResourceProvider = {
  properties: honoured,
  create,
  async update(id, { properties, previous }, context) {
    const ec2 = context.client<EC2>('ec2');
    await setPublic(ec2, id, properties);
    await updateTags({ id, properties, previous }, context);
    const { Subnets: [found] = [] } = await ec2.describeSubnets({ SubnetIds: [id] });
    return provided(ec2, found);
  },
  delete: (SubnetId, _properties, context) =>
    ignoring(['InvalidSubnetID.NotFound'], context.client<EC2>('ec2').deleteSubnet({ SubnetId })),
};
