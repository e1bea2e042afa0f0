import type { EC2, Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Permission, Requirements } from '../../service';
import { kindOf } from './kinds';
import { findGroup } from './rules';
import { all, type Ec2Call, type Ec2State, type Kind } from './state';

type TagContext = Record<string, string | string[]>;

function requestTags(tags: Tag[]): TagContext {
  if (!tags.length) return {};
  const values = tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]);
  return { ...Object.fromEntries(values), 'aws:TagKeys': tags.map(({ Key = '' }) => Key) };
}

const kindArn = (call: Ec2Call, kind: Kind | 'security-group-rule', id = '*') =>
  call.arn(`${kind}/${id}`);

const kindOrRule = (id: string) => kindOf(id) ?? 'security-group-rule';

/** The condition keys that ec2 itself knows of a resource: its tags and the VPC it is in. */
function resourceContext(call: Ec2Call, id: string | undefined): TagContext {
  const kind = id === undefined ? undefined : kindOf(id);
  if (id === undefined || !kind) return {};
  const tags = Object.entries(call.state.tags.get(id) ?? {});
  const context = Object.fromEntries(tags.map(([key, value]) => [`ec2:ResourceTag/${key}`, value]));
  const noun = all(call, kind).get(id);
  if (!noun || !('vpcId' in noun) || !noun.vpcId) return context;
  return { ...context, 'ec2:Vpc': call.arn(`vpc/${noun.vpcId}`) };
}

/** An action on something that exists. */
function on(action: string, kind: Kind) {
  return (call: Ec2Call, id: string | undefined): Permission => ({
    action: `ec2:${action}`,
    resources: [kindArn(call, kind, id)],
    context: resourceContext(call, id),
  });
}

interface Creation {
  kind: Kind | 'security-group-rule';
  specifications: TagSpecification[] | undefined;
}

/** Tags given at creation need ec2:CreateTags too, with the creating operation as ec2:CreateAction. */
function tagging(call: Ec2Call, { kind, specifications }: Creation): Permission[] {
  const tags = specifications?.flatMap(({ Tags = [] }) => Tags) ?? [];
  if (!tags.length) return [];
  const context = { ...requestTags(tags), 'ec2:CreateAction': call.operation };
  return [{ action: 'ec2:CreateTags', resources: [kindArn(call, kind)], context }];
}

/** An action that makes something new, in a VPC or subnet that the caller must be allowed too. */
function creation(
  call: Ec2Call,
  { kind, specifications }: Creation,
  within?: string,
): Permission[] {
  const action = `ec2:${call.operation}`;
  const tags = specifications?.flatMap(({ Tags = [] }) => Tags) ?? [];
  const home: Permission[] = within
    ? [
        {
          action,
          resources: [kindArn(call, kindOf(within) ?? 'vpc', within)],
          context: resourceContext(call, within),
        },
      ]
    : [];
  return [
    { action, resources: [kindArn(call, kind)], context: requestTags(tags) },
    ...home,
    ...tagging(call, { kind, specifications }),
  ];
}

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
