import type { ResourceProviders } from '../../cloudformation/provider';
import { gatewayAttachment, internetGateway } from './cloudformation/gateways';
import { instance } from './cloudformation/instance';
import { interfaceAttachment } from './cloudformation/interface-attachment';
import { launchTemplate } from './cloudformation/launch-template';
import { networkInterface } from './cloudformation/network-interface';
import { route, routeTable, subnetAssociation } from './cloudformation/routing';
import { securityGroup } from './cloudformation/security-group';
import { egressRule, ingressRule } from './cloudformation/security-group-rule';
import { subnet } from './cloudformation/subnet';
import { volume, volumeAttachment } from './cloudformation/volume';
import { vpc } from './cloudformation/vpc';

const providers: ResourceProviders = {
  'AWS::EC2::Instance': instance,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::NetworkInterfaceAttachment': interfaceAttachment,
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': egressRule,
  'AWS::EC2::SecurityGroupIngress': ingressRule,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetRouteTableAssociation': subnetAssociation,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
  'AWS::EC2::Volume': volume,
  'AWS::EC2::VolumeAttachment': volumeAttachment,
};

export default providers;
