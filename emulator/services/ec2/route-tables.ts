import type { RouteTable as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { select, type Filters } from './filters';
import {
  add,
  announce,
  find,
  hasDependencies,
  inVpc,
  invalid,
  missing,
  newId,
  remove,
} from './kinds';
import { describeRoute } from './routes';
import type { Association, Ec2Call, Ec2Handlers, RouteTable } from './state';
import { addTags, specifiedTags, tagList } from './tagging';

const describe = (call: Ec2Call, table: RouteTable): Described => ({
  RouteTableId: table.id,
  VpcId: table.vpcId,
  OwnerId: call.accountId,
  Routes: table.routes.map((route) => describeRoute(call, table, route)),
  Associations: table.associations.map(({ id, main, subnetId }) => ({
    RouteTableAssociationId: id,
    RouteTableId: table.id,
    Main: main,
    ...(subnetId && { SubnetId: subnetId }),
    AssociationState: { State: 'associated' },
  })),
  PropagatingVgws: [],
  Tags: tagList(call, table.id),
});

const filters: Filters<RouteTable> = {
  'association.main': ({ associations }) => associations.map(({ main }) => String(main)),
  'association.route-table-association-id': ({ associations }) => associations.map(({ id }) => id),
  'association.route-table-id': ({ associations, id }) => associations.map(() => id),
  'association.subnet-id': ({ associations }) => associations.map(({ subnetId }) => subnetId),
  'owner-id': (_table, call) => [call.accountId],
  'route-table-id': ({ id }) => [id],
  'route.destination-cidr-block': ({ routes }) => routes.map((each) => each.destinationCidrBlock),
  'route.destination-ipv6-cidr-block': ({ routes }) =>
    routes.map((each) => each.destinationIpv6CidrBlock),
  'route.gateway-id': ({ routes }) => routes.map(({ target }) => target),
  'route.origin': ({ routes }) => routes.map(({ origin }) => origin),
  'route.state': (table, call) =>
    table.routes.map((route) => describeRoute(call, table, route).State),
  'vpc-id': ({ vpcId }) => [vpcId],
};

function findAssociation(call: Ec2Call, id: string | undefined) {
  if (!id) throw missing('associationId');
  for (const table of call.state['route-table'].values()) {
    const association = table.associations.find((each) => each.id === id);
    if (association) return { table, association };
  }
  throw awsError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);
}

function move(call: Ec2Call, from: RouteTable, to: RouteTable) {
  announce(call, 'UPDATE', ['route-table', from.id]);
  announce(call, 'UPDATE', ['route-table', to.id]);
}

export const routeTables = {
  CreateRouteTable({ VpcId, TagSpecifications }, call) {
    const vpc = find(call, 'vpc', VpcId);
    const tags = specifiedTags('route-table', TagSpecifications);
    const table = add(call, 'route-table', {
      id: newId(call, 'rtb'),
      createdAt: call.now(),
      vpcId: vpc.id,
      routes: [
        { destinationCidrBlock: vpc.cidrBlock, target: 'local', origin: 'CreateRouteTable' },
      ],
      associations: [],
    });
    addTags(call, table.id, tags);
    return { RouteTable: describe(call, table) };
  },

  DescribeRouteTables({ RouteTableIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: RouteTableIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'route-table', { ...query, table: filters });
    return { RouteTables: page.map((table) => describe(call, table)), NextToken: next };
  },

  DeleteRouteTable({ RouteTableId }, call) {
    const table = find(call, 'route-table', RouteTableId);
    if (table.associations.length) throw hasDependencies('route-table', table.id);
    remove(call, 'route-table', table.id);
  },

  AssociateRouteTable({ RouteTableId, SubnetId, GatewayId }, call) {
    if (GatewayId) throw awsError('UnsupportedOperation', 'Edge associations are not emulated.');
    const table = find(call, 'route-table', RouteTableId);
    const subnet = find(call, 'subnet', SubnetId);
    if (subnet.vpcId !== table.vpcId) {
      throw invalid(`Route table ${table.id} and subnet ${subnet.id} belong to different networks`);
    }
    const taken = inVpc(call, 'route-table', table.vpcId)
      .flatMap(({ associations }) => associations)
      .find(({ subnetId }) => subnetId === subnet.id);
    if (taken) {
      throw awsError(
        'Resource.AlreadyAssociated',
        `the specified association for route table ${table.id} conflicts with an existing association`,
      );
    }
    const association: Association = {
      id: newId(call, 'rtbassoc'),
      main: false,
      subnetId: subnet.id,
    };
    table.associations.push(association);
    announce(call, 'UPDATE', ['route-table', table.id]);
    return { AssociationId: association.id, AssociationState: { State: 'associated' } };
  },

  DisassociateRouteTable({ AssociationId }, call) {
    const { table, association } = findAssociation(call, AssociationId);
    if (association.main) {
      throw invalid(`cannot disassociate the main route table association ${association.id}`);
    }
    table.associations = table.associations.filter((each) => each !== association);
    announce(call, 'UPDATE', ['route-table', table.id]);
  },

  ReplaceRouteTableAssociation({ AssociationId, RouteTableId }, call) {
    const { table, association } = findAssociation(call, AssociationId);
    const target = find(call, 'route-table', RouteTableId);
    const replaced = { ...association, id: newId(call, 'rtbassoc') };
    table.associations = table.associations.filter((each) => each !== association);
    target.associations.push(replaced);
    move(call, table, target);
    return { NewAssociationId: replaced.id, AssociationState: { State: 'associated' } };
  },
} satisfies Ec2Handlers;
