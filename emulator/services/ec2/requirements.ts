import type { EC2, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Permission, Requirements } from '../../service';
import { instancePermissions } from './instances/permissions';
import { templatePermissions } from './launch-templates/permissions';
import {
  creation,
  kindArn,
  kindOrRule,
  on,
  requestTags,
  resourceContext,
  tagging,
} from './permission';
import { findGroup } from './rules';
import type { Ec2Call, Ec2State } from './state';
import { volumePermissions } from './volumes/permissions';

interface GroupInput {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
  TagSpecifications?: TagSpecification[] | undefined;
}

function groupId(call: Ec2Call, input: GroupInput): string | undefined {
  if (input.GroupId !== undefined || !input.GroupName) return input.GroupId;
  return findGroup(call, input).id;
}

function onGroup(input: GroupInput, call: Ec2Call): Permission[] {
  const permission = on(call.operation, 'security-group')(call, groupId(call, input));
  return [
    permission,
    ...tagging(call, { kind: 'security-group-rule', specifications: input.TagSpecifications }),
  ];
}

const onTags = (
  { Resources = [], Tags = [] }: { Resources: string[] | undefined; Tags?: Tag[] | undefined },
  call: Ec2Call,
): Permission[] =>
  Resources.map((id) => ({
    action: `ec2:${call.operation}`,
    resources: [kindArn(call, kindOrRule(id), id)],
    context: { ...requestTags(Tags), ...resourceContext(call, id) },
  }));

/** What IAM is asked; Describe operations of ec2 know no resource and stay with `*`. */
export const permissions: Requirements<EC2, Ec2State> = {
  ...instancePermissions,
  ...templatePermissions,
  ...volumePermissions,
  AuthorizeSecurityGroupIngress: onGroup,
  AuthorizeSecurityGroupEgress: onGroup,
  RevokeSecurityGroupIngress: onGroup,
  RevokeSecurityGroupEgress: onGroup,
  ModifySecurityGroupRules: onGroup,
  UpdateSecurityGroupRuleDescriptionsIngress: onGroup,
  UpdateSecurityGroupRuleDescriptionsEgress: onGroup,
  DeleteSecurityGroup: onGroup,
  CreateSecurityGroup: ({ VpcId, TagSpecifications }, call) =>
    creation(call, { kind: 'security-group', specifications: TagSpecifications }, VpcId),
  CreateVpc: ({ TagSpecifications }, call) =>
    creation(call, { kind: 'vpc', specifications: TagSpecifications }),
  CreateSubnet: ({ VpcId, TagSpecifications }, call) =>
    creation(call, { kind: 'subnet', specifications: TagSpecifications }, VpcId),
  CreateInternetGateway: ({ TagSpecifications }, call) =>
    creation(call, { kind: 'internet-gateway', specifications: TagSpecifications }),
  CreateRouteTable: ({ VpcId, TagSpecifications }, call) =>
    creation(call, { kind: 'route-table', specifications: TagSpecifications }, VpcId),
  CreateNetworkInterface: ({ SubnetId, TagSpecifications }, call) =>
    creation(call, { kind: 'network-interface', specifications: TagSpecifications }, SubnetId),
  CreateTags: onTags,
  DeleteTags: onTags,
  DeleteVpc: ({ VpcId }, call) => on('DeleteVpc', 'vpc')(call, VpcId),
  ModifyVpcAttribute: ({ VpcId }, call) => on('ModifyVpcAttribute', 'vpc')(call, VpcId),
  DeleteSubnet: ({ SubnetId }, call) => on('DeleteSubnet', 'subnet')(call, SubnetId),
  ModifyVpcTenancy: ({ VpcId }, call) => on('ModifyVpcTenancy', 'vpc')(call, VpcId),
  ModifySubnetAttribute: ({ SubnetId }, call) =>
    on('ModifySubnetAttribute', 'subnet')(call, SubnetId),
  CreateRoute: ({ RouteTableId }, call) => on('CreateRoute', 'route-table')(call, RouteTableId),
  ReplaceRoute: ({ RouteTableId }, call) => on('ReplaceRoute', 'route-table')(call, RouteTableId),
  DeleteRoute: ({ RouteTableId }, call) => on('DeleteRoute', 'route-table')(call, RouteTableId),
  DeleteRouteTable: ({ RouteTableId }, call) =>
    on('DeleteRouteTable', 'route-table')(call, RouteTableId),
  AssociateRouteTable: ({ RouteTableId, SubnetId }, call) => [
    on('AssociateRouteTable', 'route-table')(call, RouteTableId),
    on('AssociateRouteTable', 'subnet')(call, SubnetId),
  ],
  ReplaceRouteTableAssociation: ({ RouteTableId }, call) =>
    on('ReplaceRouteTableAssociation', 'route-table')(call, RouteTableId),
  DescribeVpcAttribute: ({ VpcId }, call) => on('DescribeVpcAttribute', 'vpc')(call, VpcId),
  AttachInternetGateway: ({ InternetGatewayId, VpcId }, call) => [
    on('AttachInternetGateway', 'internet-gateway')(call, InternetGatewayId),
    on('AttachInternetGateway', 'vpc')(call, VpcId),
  ],
  DetachInternetGateway: ({ InternetGatewayId, VpcId }, call) => [
    on('DetachInternetGateway', 'internet-gateway')(call, InternetGatewayId),
    on('DetachInternetGateway', 'vpc')(call, VpcId),
  ],
  DeleteInternetGateway: ({ InternetGatewayId }, call) =>
    on('DeleteInternetGateway', 'internet-gateway')(call, InternetGatewayId),
  DeleteNetworkInterface: ({ NetworkInterfaceId }, call) =>
    on('DeleteNetworkInterface', 'network-interface')(call, NetworkInterfaceId),
  ModifyNetworkInterfaceAttribute: ({ NetworkInterfaceId, Groups = [] }, call) => [
    on('ModifyNetworkInterfaceAttribute', 'network-interface')(call, NetworkInterfaceId),
    ...Groups.map((id) => on('ModifyNetworkInterfaceAttribute', 'security-group')(call, id)),
  ],
};
