import type { EC2 } from '@aws-sdk/client-ec2';
import { ignoring, required, text } from '../../../cloudformation/properties';
import type { Properties, Provided, ResourceProvider } from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

/** AWS::EC2::RouteTable */
export const routeTable: ResourceProvider = {
  properties: ['Tags', 'VpcId'],
  async create(properties, context) {
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
  properties: routeProperties,
  async create(properties, context) {
    await context.client<EC2>('ec2').createRoute(request(properties));
    return routeOf(properties);
  },
  async update(_id, { properties }, context) {
    await context.client<EC2>('ec2').replaceRoute(request(properties));
    return routeOf(properties);
  },
  delete: (_id, properties, context) =>
    ignoring(
      ['InvalidRoute.NotFound', 'InvalidRouteTableID.NotFound'],
      context.client<EC2>('ec2').deleteRoute(destination(properties)),
    ),
  async read(id, _properties, context) {
    const [RouteTableId = '', block] = id.split('|');
    const ec2 = context.client<EC2>('ec2');
    const { RouteTables: [table] = [] } = await ec2.describeRouteTables({
      Filters: [{ Name: 'route-table-id', Values: [RouteTableId] }],
    });
    const found = table?.Routes?.find(
      ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
        (DestinationCidrBlock ?? DestinationIpv6CidrBlock) === block,
    );
    if (!found) return undefined;
    const { Origin: _origin, State: _state, ...properties } = found;
    return { RouteTableId, ...properties };
  },
};

const associated = (Id = ''): Provided => ({ physicalId: Id, attributes: { Id } });

/** AWS::EC2::SubnetRouteTableAssociation; another route table makes another association of it. */
export const subnetAssociation: ResourceProvider = {
  properties: ['RouteTableId', 'SubnetId'],
  replaces: ({ properties, previous }) =>
    properties['SubnetId'] === previous['SubnetId'] ? false : undefined,
  async create(properties, context) {
    const { AssociationId } = await context.client<EC2>('ec2').associateRouteTable({
      RouteTableId: required(properties, 'RouteTableId'),
      SubnetId: required(properties, 'SubnetId'),
    });
    return associated(AssociationId);
  },
  async update(AssociationId, { properties }, context) {
    const RouteTableId = required(properties, 'RouteTableId');
    const { NewAssociationId } = await context
      .client<EC2>('ec2')
      .replaceRouteTableAssociation({ AssociationId, RouteTableId });
    return associated(NewAssociationId);
  },
  delete: (AssociationId, _properties, context) =>
    ignoring(
      ['InvalidAssociationID.NotFound'],
      context.client<EC2>('ec2').disassociateRouteTable({ AssociationId }),
    ),
  async read(id, _properties, context) {
    const { RouteTables: [table] = [] } = await context.client<EC2>('ec2').describeRouteTables({
      Filters: [{ Name: 'association.route-table-association-id', Values: [id] }],
    });
    const found = table?.Associations?.find(
      ({ RouteTableAssociationId }) => RouteTableAssociationId === id,
    );
    return found && { RouteTableId: found.RouteTableId, SubnetId: found.SubnetId };
  },
};
