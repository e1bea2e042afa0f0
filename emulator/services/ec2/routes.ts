import type { Route as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { canonicalIpv4, canonicalIpv6 } from './cidr';
import { announce, find, invalid, missing } from './kinds';
import type { Ec2Call, Ec2Handlers, Route, RouteTable } from './state';

interface Destination {
  DestinationCidrBlock?: string | undefined;
  DestinationIpv6CidrBlock?: string | undefined;
  DestinationPrefixListId?: string | undefined;
}

interface Target {
  GatewayId?: string | undefined;
  NetworkInterfaceId?: string | undefined;
}

/** What AWS can route to and this emulator has not got. */
const otherTargets = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NatGatewayId',
  'OdbNetworkArn',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
];

function destinationOf(input: Destination): Pick<Route, 'destinationCidrBlock'> & Partial<Route> {
  if (input.DestinationPrefixListId) {
    throw awsError('UnsupportedOperation', 'Routes to prefix lists are not emulated.');
  }
  if (input.DestinationCidrBlock) {
    return { destinationCidrBlock: canonicalIpv4(input.DestinationCidrBlock) };
  }
  if (input.DestinationIpv6CidrBlock) {
    return { destinationIpv6CidrBlock: canonicalIpv6(input.DestinationIpv6CidrBlock) };
  }
  throw missing('destinationCidrBlock');
}

function gatewayTarget(call: Ec2Call, table: RouteTable, id: string): string {
  if (!id.startsWith('igw-')) {
    throw awsError('UnsupportedOperation', `A route to ${id} is not emulated.`);
  }
  const gateway = find(call, 'internet-gateway', id);
  if (gateway.vpcId === table.vpcId) return gateway.id;
  throw invalid(`route table ${table.id} and network gateway ${id} belong to different networks`);
}

function targetOf(call: Ec2Call, table: RouteTable, input: Target): string {
  const unknown = otherTargets.find((name) => Object.hasOwn(input, name));
  if (unknown) throw awsError('UnsupportedOperation', `A route by ${unknown} is not emulated.`);
  if (input.GatewayId) return gatewayTarget(call, table, input.GatewayId);
  if (input.NetworkInterfaceId) {
    return find(call, 'network-interface', input.NetworkInterfaceId).id;
  }
  throw missing('gatewayId'); // AWS's own text for a route without a target was not verified
}

const destination = (route: Partial<Route>) =>
  route.destinationCidrBlock ?? route.destinationIpv6CidrBlock ?? '';

const indexOf = (table: RouteTable, wanted: Partial<Route>) =>
  table.routes.findIndex((route) => destination(route) === destination(wanted));

/** A route as DescribeRouteTables shows it; one to a detached gateway is a black hole. */
export function describeRoute(call: Ec2Call, table: RouteTable, route: Route): Described {
  const gone =
    route.target.startsWith('igw-') &&
    call.state['internet-gateway'].get(route.target)?.vpcId !== table.vpcId;
  const target = route.target.startsWith('eni-')
    ? { NetworkInterfaceId: route.target }
    : { GatewayId: route.target };
  return {
    ...(route.destinationCidrBlock && { DestinationCidrBlock: route.destinationCidrBlock }),
    ...(route.destinationIpv6CidrBlock && {
      DestinationIpv6CidrBlock: route.destinationIpv6CidrBlock,
    }),
    ...target,
    Origin: route.origin,
    State: gone ? 'blackhole' : 'active',
  };
}

export const routes = {
  CreateRoute(input, call) {
    const table = find(call, 'route-table', input.RouteTableId);
    const wanted = destinationOf(input);
    const target = targetOf(call, table, input);
    if (indexOf(table, wanted) >= 0) {
      throw awsError(
        'RouteAlreadyExists',
        `The route identified by ${destination(wanted)} already exists.`,
      );
    }
    table.routes.push({ ...wanted, target, origin: 'CreateRoute' });
    announce(call, 'UPDATE', ['route-table', table.id]);
    return { Return: true };
  },

  ReplaceRoute(input, call) {
    const table = find(call, 'route-table', input.RouteTableId);
    const wanted = destinationOf(input);
    const target = targetOf(call, table, input);
    const index = indexOf(table, wanted);
    if (index < 0) {
      throw invalid(
        `There is no route defined for '${destination(wanted)}' in the route table. Use CreateRoute instead.`,
      );
    }
    table.routes[index] = { ...wanted, target, origin: 'CreateRoute' };
    announce(call, 'UPDATE', ['route-table', table.id]);
  },

  DeleteRoute(input, call) {
    const table = find(call, 'route-table', input.RouteTableId);
    const wanted = destinationOf(input);
    const index = indexOf(table, wanted);
    if (index < 0) {
      throw awsError(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block ${destination(wanted)} in route table ${table.id}`,
      );
    }
    if (table.routes[index]?.target === 'local') {
      throw invalid(`cannot remove local route ${destination(wanted)} in route table ${table.id}`);
    }
    table.routes.splice(index, 1);
    announce(call, 'UPDATE', ['route-table', table.id]);
  },
} satisfies Ec2Handlers;
