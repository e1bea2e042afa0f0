import type { EC2 } from '@aws-sdk/client-ec2';
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

const known = ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'];

async function provided(ec2: EC2, vpcId: string): Promise<Provided> {
  const ofVpc = { Name: 'vpc-id', Values: [vpcId] };
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({ VpcIds: [vpcId] });
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({
    Filters: [ofVpc, { Name: 'default', Values: ['true'] }],
  });
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({
    Filters: [ofVpc, { Name: 'group-name', Values: ['default'] }],
  });
  return {
    physicalId: vpcId,
    attributes: {
      VpcId: vpcId,
      CidrBlock: vpc?.CidrBlock,
      CidrBlockAssociations: vpc?.CidrBlockAssociationSet?.map((each) => each.AssociationId) ?? [],
      DefaultNetworkAcl: acl?.NetworkAclId,
      DefaultSecurityGroup: group?.GroupId,
      Ipv6CidrBlocks: [],
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
  onlyProperties(properties, known);
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

/** AWS::EC2::VPC */
export const vpc: ResourceProvider = {
  create,
  async update(id, { properties, previous }, context) {
    onlyProperties(properties, known);
    const ec2 = context.client<EC2>('ec2');
    await setDns(ec2, id, properties);
    await updateTags({ id, properties, previous }, context);
    return provided(ec2, id);
  },
  delete: (VpcId, _properties, context) =>
    ignoring(['InvalidVpcID.NotFound'], context.client<EC2>('ec2').deleteVpc({ VpcId })),
};
