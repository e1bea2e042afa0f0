import type { InternetGateway as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { select, type Filters } from './filters';
import { add, announce, find, hasDependencies, inVpc, invalid, newId, remove } from './kinds';
import type { Ec2Call, Ec2Handlers, InternetGateway } from './state';
import { addTags, specifiedTags, tagList } from './tagging';

const describe = (call: Ec2Call, { id, vpcId }: InternetGateway): Described => ({
  InternetGatewayId: id,
  // The API really says "available" here, where the console says "attached".
  Attachments: vpcId ? [{ VpcId: vpcId, State: 'available' as Attached }] : [],
  OwnerId: call.accountId,
  Tags: tagList(call, id),
});

type Attached = NonNullable<NonNullable<Described['Attachments']>[number]['State']>;

const filters: Filters<InternetGateway> = {
  'attachment.state': ({ vpcId }) => [vpcId && 'available'],
  'attachment.vpc-id': ({ vpcId }) => [vpcId],
  'internet-gateway-id': ({ id }) => [id],
  'owner-id': (_gateway, call) => [call.accountId],
};

function attach(call: Ec2Call, gateway: InternetGateway, vpcId: string) {
  if (gateway.vpcId) {
    throw awsError(
      'Resource.AlreadyAssociated',
      `resource ${gateway.id} is already attached to network ${gateway.vpcId}`,
    );
  }
  if (inVpc(call, 'internet-gateway', vpcId).length) {
    throw invalid(`Network ${vpcId} already has an internet gateway attached`);
  }
  gateway.vpcId = vpcId;
}

function checkUnmapped(call: Ec2Call, vpcId: string) {
  if (inVpc(call, 'network-interface', vpcId).some(({ publicIp }) => publicIp))
    throw awsError(
      'DependencyViolation',
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
}

export const internetGateways = {
  CreateInternetGateway({ TagSpecifications }, call) {
    const tags = specifiedTags('internet-gateway', TagSpecifications);
    const gateway = { id: newId(call, 'igw'), createdAt: call.now() };
    add(call, 'internet-gateway', gateway);
    addTags(call, gateway.id, tags);
    return { InternetGateway: describe(call, gateway) };
  },

  DescribeInternetGateways({ InternetGatewayIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: InternetGatewayIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'internet-gateway', { ...query, table: filters });
    return { InternetGateways: page.map((gateway) => describe(call, gateway)), NextToken: next };
  },

  AttachInternetGateway({ InternetGatewayId, VpcId }, call) {
    const gateway = find(call, 'internet-gateway', InternetGatewayId);
    attach(call, gateway, find(call, 'vpc', VpcId).id);
    announce(call, 'UPDATE', ['internet-gateway', gateway.id]);
  },

  DetachInternetGateway({ InternetGatewayId, VpcId }, call) {
    const gateway = find(call, 'internet-gateway', InternetGatewayId);
    const vpc = find(call, 'vpc', VpcId);
    if (gateway.vpcId !== vpc.id) {
      throw awsError(
        'Gateway.NotAttached',
        `resource ${gateway.id} is not attached to network ${vpc.id}`,
      );
    }
    checkUnmapped(call, vpc.id);
    delete gateway.vpcId;
    announce(call, 'UPDATE', ['internet-gateway', gateway.id]);
  },

  DeleteInternetGateway({ InternetGatewayId }, call) {
    const gateway = find(call, 'internet-gateway', InternetGatewayId);
    if (gateway.vpcId) throw hasDependencies('internet-gateway', gateway.id);
    remove(call, 'internet-gateway', gateway.id);
  },
} satisfies Ec2Handlers;
