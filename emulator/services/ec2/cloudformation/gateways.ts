import type { EC2 } from '@aws-sdk/client-ec2';
import { ignoring, onlyProperties, required } from '../../../cloudformation/properties';
import type { ResourceProvider } from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

/** AWS::EC2::InternetGateway */
export const internetGateway: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, ['Tags']);
    const { InternetGateway: { InternetGatewayId = '' } = {} } = await context
      .client<EC2>('ec2')
      .createInternetGateway(specifications('internet-gateway', properties, context));
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  async update(id, { properties, previous }, context) {
    onlyProperties(properties, ['Tags']);
    await updateTags({ id, properties, previous }, context);
    return { physicalId: id, attributes: { InternetGatewayId: id } };
  },
  delete: (InternetGatewayId, _properties, context) =>
    ignoring(
      ['InvalidInternetGatewayID.NotFound'],
      context.client<EC2>('ec2').deleteInternetGateway({ InternetGatewayId }),
    ),
};

/** AWS::EC2::VPCGatewayAttachment; its physical id is `IGW|vpc-…`. */
export const gatewayAttachment: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, ['InternetGatewayId', 'VpcId']);
    const VpcId = required(properties, 'VpcId');
    await context.client<EC2>('ec2').attachInternetGateway({
      InternetGatewayId: required(properties, 'InternetGatewayId'),
      VpcId,
    });
    return { physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
  },
  delete: (_id, properties, context) =>
    ignoring(
      ['Gateway.NotAttached', 'InvalidInternetGatewayID.NotFound', 'InvalidVpcID.NotFound'],
      context.client<EC2>('ec2').detachInternetGateway({
        InternetGatewayId: required(properties, 'InternetGatewayId'),
        VpcId: required(properties, 'VpcId'),
      }),
    ),
};
