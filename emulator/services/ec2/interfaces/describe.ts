import type {
  InstanceNetworkInterface,
  NetworkInterface as Described,
  NetworkInterfaceAttachment,
} from '@aws-sdk/client-ec2';
import type { Filters } from '../filters';
import { zoneIdOf } from '../regions';
import type { Ec2Call, NetworkInterface } from '../state';
import { tagList } from '../tagging';
import { privateName, publicName } from './names';

/** The Availability Zone of an interface: its subnet's. */
export const zoneOf = (call: Ec2Call, { subnetId }: Pick<NetworkInterface, 'subnetId'>) =>
  call.state.subnet.get(subnetId)?.availabilityZone ?? '';

/** The groups that an interface is in, as answers name them. */
export const groupsOf = (call: Ec2Call, { groupIds }: NetworkInterface) =>
  groupIds.map((id) => ({ GroupId: id, GroupName: call.state['security-group'].get(id)?.name }));

const statusOf = ({ attachment }: NetworkInterface) =>
  attachment ? ('in-use' as const) : ('available' as const);

function attachmentOf({ attachment }: NetworkInterface) {
  return (
    attachment && {
      AttachmentId: attachment.id,
      AttachTime: attachment.attachedAt,
      DeleteOnTermination: attachment.deleteOnTermination,
      DeviceIndex: attachment.deviceIndex,
      NetworkCardIndex: 0,
      Status: 'attached' as const,
    }
  );
}

function ownedAttachment(call: Ec2Call, each: NetworkInterface) {
  const attachment: NetworkInterfaceAttachment | undefined = attachmentOf(each);
  if (!attachment) return {};
  const owner = { InstanceId: each.attachment?.instanceId, InstanceOwnerId: call.accountId };
  return { Attachment: { ...attachment, ...owner } };
}

function publicAddress(call: Ec2Call, { publicIp, vpcId }: NetworkInterface) {
  if (publicIp === undefined) return {};
  const PublicDnsName = publicName(call, { publicIp, vpcId });
  return { Association: { IpOwnerId: 'amazon', PublicDnsName, PublicIp: publicIp } };
}

const addressOf = (call: Ec2Call, each: NetworkInterface) => ({
  Primary: true,
  PrivateDnsName: privateName(call, each.privateIpAddress),
  PrivateIpAddress: each.privateIpAddress,
  ...publicAddress(call, each),
});

const shared = (call: Ec2Call, each: NetworkInterface) => ({
  NetworkInterfaceId: each.id,
  SubnetId: each.subnetId,
  VpcId: each.vpcId,
  Description: each.description,
  Groups: groupsOf(call, each),
  InterfaceType: 'interface' as const,
  Ipv6Addresses: [],
  MacAddress: each.macAddress,
  OwnerId: call.accountId,
  PrivateDnsName: privateName(call, each.privateIpAddress),
  PrivateIpAddress: each.privateIpAddress,
  PrivateIpAddresses: [addressOf(call, each)],
  SourceDestCheck: each.sourceDestCheck,
  Status: statusOf(each),
  ...publicAddress(call, each),
});

/** An interface as DescribeNetworkInterfaces shows it. */
export const describeInterface = (call: Ec2Call, each: NetworkInterface): Described => ({
  ...shared(call, each),
  ...ownedAttachment(call, each),
  AvailabilityZone: zoneOf(call, each),
  AvailabilityZoneId: zoneIdOf(call.region, zoneOf(call, each)),
  RequesterManaged: false,
  TagSet: tagList(call, each.id),
});

/** An interface as part of its instance. */
export const describeWithin = (
  call: Ec2Call,
  each: NetworkInterface,
): InstanceNetworkInterface => ({ ...shared(call, each), Attachment: attachmentOf(each) });

/** What DescribeNetworkInterfaces filters by. */
export const interfaceFilters: Filters<NetworkInterface> = {
  'addresses.private-ip-address': ({ privateIpAddress }) => [privateIpAddress],
  'association.public-ip': ({ publicIp }) => [publicIp],
  'attachment.attachment-id': ({ attachment }) => [attachment?.id],
  'attachment.delete-on-termination': ({ attachment }) =>
    attachment ? [String(attachment.deleteOnTermination)] : [],
  'attachment.device-index': ({ attachment }) => (attachment ? [`${attachment.deviceIndex}`] : []),
  'attachment.instance-id': ({ attachment }) => [attachment?.instanceId],
  'attachment.status': ({ attachment }) => (attachment ? ['attached'] : []),
  'availability-zone': (each, call) => [zoneOf(call, each)],
  description: ({ description }) => [description],
  'group-id': ({ groupIds }) => groupIds,
  'group-name': (each, call) => groupsOf(call, each).map(({ GroupName }) => GroupName),
  'interface-type': () => ['interface'],
  'mac-address': ({ macAddress }) => [macAddress],
  'network-interface-id': ({ id }) => [id],
  'owner-id': (_each, call) => [call.accountId],
  'private-ip-address': ({ privateIpAddress }) => [privateIpAddress],
  'requester-managed': () => ['false'],
  status: (each) => [statusOf(each)],
  'subnet-id': ({ subnetId }) => [subnetId],
  'vpc-id': ({ vpcId }) => [vpcId],
};
