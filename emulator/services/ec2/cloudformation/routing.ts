import type { EC2 } from '@aws-sdk/client-ec2';
import { ignoring, onlyProperties, required, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

/** AWS::EC2::RouteTable */
export const routeTable: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, ['Tags', 'VpcId']);
    const { RouteTable: { RouteTableId = '' } = {} } = await context
      .client<EC2>('ec2')
      .createRouteTable({
        VpcId: required(properties, 'VpcId'),
        ...specifications('route-table', properties, context),
      });
    return { physicalId: RouteTableId, attributes: { RouteTableId } };
  },
  async update(id, { properties, previous }, context) {
    await updateTags({ id, properties, previous }, context);
    return { physicalId: id, attributes: { RouteTableId: id } };
  },
  delete: (RouteTableId, _properties, context) =>
    ignoring(
      ['InvalidRouteTableID.NotFound'],
      context.client<EC2>('ec2').deleteRouteTable({ RouteTableId }),
    ),
};

const routeProperties = [
  'DestinationCidrBlock',
  'DestinationIpv6CidrBlock',
  'GatewayId',
  'NetworkInterfaceId',
  'RouteTableId',
];

const destination = (properties: Properties) => ({
  RouteTableId: required(properties, 'RouteTableId'),
  DestinationCidrBlock: text(properties, 'DestinationCidrBlock'),
  DestinationIpv6CidrBlock: text(properties, 'DestinationIpv6CidrBlock'),
});

const request = (properties: Properties) => ({
  ...destination(properties),
  GatewayId: text(properties, 'GatewayId'),
  NetworkInterfaceId: text(properties, 'NetworkInterfaceId'),
});

function routeOf(properties: Properties): Provided {
  const { RouteTableId, ...to } = destination(properties);
  const CidrBlock = to.DestinationCidrBlock ?? to.DestinationIpv6CidrBlock;
  return { physicalId: `${RouteTableId}|${CidrBlock}`, attributes: { CidrBlock } };
}

/** AWS::EC2::Route; its physical id is `rtb-…|0.0.0.0/0`. */
export const route: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, routeProperties);
    await context.client<EC2>('ec2').createRoute(request(properties));
    return routeOf(properties);
  },
  async update(_id, { properties }, context) {
    onlyProperties(properties, routeProperties);
    await context.client<EC2>('ec2').replaceRoute(request(properties));
    return routeOf(properties);
  },
  delete: (_id, properties, context) =>
    ignoring(
      ['InvalidRoute.NotFound', 'InvalidRouteTableID.NotFound'],
      context.client<EC2>('ec2').deleteRoute(destination(properties)),
    ),
};

/** AWS::EC2::SubnetRouteTableAssociation */
export const subnetAssociation: ResourceProvider = {
  async create(properties, context) {
    onlyProperties(properties, ['RouteTableId', 'SubnetId']);
    const { AssociationId: Id = '' } = await context.client<EC2>('ec2').associateRouteTable({
      RouteTableId: required(properties, 'RouteTableId'),
      SubnetId: required(properties, 'SubnetId'),
    });
    return { physicalId: Id, attributes: { Id } };
  },
  delete: (AssociationId, _properties, context) =>
    ignoring(
      ['InvalidAssociationID.NotFound'],
      context.client<EC2>('ec2').disassociateRouteTable({ AssociationId }),
    ),
};
