import type { EC2 } from '@aws-sdk/client-ec2';
import { boolean, ignoring, required, text, texts } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

const honoured = [
  'Description',
  'GroupSet',
  'PrivateIpAddress',
  'SourceDestCheck',
  'SubnetId',
  'Tags',
];

async function provided(ec2: EC2, id: string): Promise<Provided> {
  const { NetworkInterfaces: [found] = [] } = await ec2.describeNetworkInterfaces({
    NetworkInterfaceIds: [id],
  });
  return {
    physicalId: id,
    attributes: {
      Id: id,
      PrimaryPrivateIpAddress: found?.PrivateIpAddress,
      SecondaryPrivateIpAddresses: [],
      VpcId: found?.VpcId,
    },
  };
}

async function setAttributes(ec2: EC2, NetworkInterfaceId: string, properties: Properties) {
  const Value = boolean(properties, 'SourceDestCheck') ?? true;
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, SourceDestCheck: { Value } });
}

/** What an interface is in when nobody says: the default group of its VPC. */
async function defaultGroups(ec2: EC2, id: string): Promise<string[]> {
  const { attributes } = await provided(ec2, id);
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [
      { Name: 'vpc-id', Values: [String(attributes?.['VpcId'])] },
      { Name: 'group-name', Values: ['default'] },
    ],
  });
  return SecurityGroups.map(({ GroupId = '' }) => GroupId);
}

/** AWS::EC2::NetworkInterface */
export const networkInterface: ResourceProvider = {
  properties: honoured,
  async create(properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const { NetworkInterface: { NetworkInterfaceId: id = '' } = {} } =
      await ec2.createNetworkInterface({
        SubnetId: required(properties, 'SubnetId'),
        Description: text(properties, 'Description'),
        Groups: texts(properties, 'GroupSet'),
        PrivateIpAddress: text(properties, 'PrivateIpAddress'),
        ...specifications('network-interface', properties, context),
      });
    await setAttributes(ec2, id, properties);
    return provided(ec2, id);
  },
  async update(id, { properties, previous }, context) {
    const ec2 = context.client<EC2>('ec2');
    const Groups = texts(properties, 'GroupSet') ?? (await defaultGroups(ec2, id));
    const Description = { Value: text(properties, 'Description') ?? '' };
    await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, Description });
    await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, Groups });
    await setAttributes(ec2, id, properties);
    await updateTags({ id, properties, previous }, context);
    return provided(ec2, id);
  },
  delete: (NetworkInterfaceId, _properties, context) =>
    ignoring(
      ['InvalidNetworkInterfaceID.NotFound'],
      context.client<EC2>('ec2').deleteNetworkInterface({ NetworkInterfaceId }),
    ),
};
