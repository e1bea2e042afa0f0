import type { EC2 } from '@aws-sdk/client-ec2';
import { ignoring, required } from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

/** AWS::EC2::InternetGateway */
export const internetGateway: ResourceProvider = {
  properties: ['Tags'],
  async create(properties, context) {
    const { InternetGateway: { InternetGatewayId = '' } = {} } = await context
      .client<EC2>('ec2')
      .createInternetGateway(specifications('internet-gateway', properties, context));
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  async update(id, { properties, previous }, context) {
    await updateTags({ id, properties, previous }, context);
    return { physicalId: id, attributes: { InternetGatewayId: id } };
  },
  delete: (InternetGatewayId, _properties, context) =>
    ignoring(
      ['InvalidInternetGatewayID.NotFound'],
      context.client<EC2>('ec2').deleteInternetGateway({ InternetGatewayId }),
    ),
};

const request = (properties: Properties) => ({
  InternetGatewayId: required(properties, 'InternetGatewayId'),
  VpcId: required(properties, 'VpcId'),
});

async function attach(properties: Properties, context: ProviderContext): Promise<Provided> {
  const { VpcId, InternetGatewayId } = request(properties);
  await context.client<EC2>('ec2').attachInternetGateway({ VpcId, InternetGatewayId });
  return { physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
}

const detach = (properties: Properties, context: ProviderContext) =>
  ignoring(
    ['Gateway.NotAttached', 'InvalidInternetGatewayID.NotFound', 'InvalidVpcID.NotFound'],
    context.client<EC2>('ec2').detachInternetGateway(request(properties)),
  );

/** AWS::EC2::VPCGatewayAttachment; its physical id is `IGW|vpc-…`. */
export const gatewayAttachment: ResourceProvider = {
  properties: ['InternetGatewayId', 'VpcId'],
  create: attach,
  async update(_id, { properties, previous }, context) {
    await detach(previous, context);
    return attach(properties, context);
  },
  delete: (_id, properties, context) => detach(properties, context),
  async read(id, _properties, context) {
    const VpcId = id.slice(id.indexOf('|') + 1);
    const { InternetGateways: [gateway] = [] } = await context
      .client<EC2>('ec2')
      .describeInternetGateways({ Filters: [{ Name: 'attachment.vpc-id', Values: [VpcId] }] });
    return gateway && { InternetGatewayId: gateway.InternetGatewayId, VpcId };
  },
};
