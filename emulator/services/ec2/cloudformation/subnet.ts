import type { EC2, Subnet } from '@aws-sdk/client-ec2';
import {
  boolean,
  ignoring,
  onlyProperties,
  required,
  text,
} from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

const known = [
  'AvailabilityZone',
  'AvailabilityZoneId',
  'CidrBlock',
  'MapPublicIpOnLaunch',
  'Tags',
  'VpcId',
];

async function provided(ec2: EC2, subnet: Subnet | undefined): Promise<Provided> {
  const id = subnet?.SubnetId ?? '';
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'association.subnet-id', Values: [id] }],
  });
  const association = acl?.Associations?.find(({ SubnetId }) => SubnetId === id);
  return {
    physicalId: id,
    attributes: {
      SubnetId: id,
      AvailabilityZone: subnet?.AvailabilityZone,
      AvailabilityZoneId: subnet?.AvailabilityZoneId,
      CidrBlock: subnet?.CidrBlock,
      Ipv6CidrBlocks: [],
      NetworkAclAssociationId: association?.NetworkAclAssociationId,
      VpcId: subnet?.VpcId,
    },
  };
}

async function setPublic(ec2: EC2, SubnetId: string, properties: Properties) {
  const Value = boolean(properties, 'MapPublicIpOnLaunch') ?? false;
  await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value } });
}

async function create(properties: Properties, context: ProviderContext): Promise<Provided> {
  onlyProperties(properties, known);
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
  create,
  async update(id, { properties, previous }, context) {
    onlyProperties(properties, known);
    const ec2 = context.client<EC2>('ec2');
    await setPublic(ec2, id, properties);
    await updateTags({ id, properties, previous }, context);
    const { Subnets: [found] = [] } = await ec2.describeSubnets({ SubnetIds: [id] });
    return provided(ec2, found);
  },
  delete: (SubnetId, _properties, context) =>
    ignoring(['InvalidSubnetID.NotFound'], context.client<EC2>('ec2').deleteSubnet({ SubnetId })),
};
