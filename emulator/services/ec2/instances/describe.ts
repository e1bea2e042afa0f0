import type { Instance as Described } from '@aws-sdk/client-ec2';
import { describeWithin, groupsOf, zoneOf } from '../interfaces/describe';
import { interfacesOf } from '../interfaces/attachment';
import { privateName, publicName } from '../interfaces/names';
import { zoneIdOf } from '../regions';
import type { Ec2Call, NetworkInterface } from '../state';
import { tagList } from '../tagging';
import { attachmentOf, volumesOf } from '../volumes/attachment';
import { type Instance, stateOf } from './instance';

/** The volumes of an instance as its block devices. */
export const blockDevicesOf = (call: Ec2Call, { id }: Instance) =>
  volumesOf(call, id).map((volume) => {
    const { AttachTime, DeleteOnTermination } = attachmentOf(volume) ?? {};
    return {
      DeviceName: volume.attachment?.device,
      Ebs: { AttachTime, DeleteOnTermination, Status: 'attached' as const, VolumeId: volume.id },
    };
  });

/** An instance profile as instances name it. */
export const profileOf = ({ profile }: Instance) =>
  profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {};

function network(call: Ec2Call, instance: Instance, cards: NetworkInterface[]) {
  const [primary] = cards;
  if (!primary) return { PrivateDnsName: '', PublicDnsName: '', NetworkInterfaces: [] };
  return {
    PrivateDnsName: privateName(call, primary.privateIpAddress),
    PrivateIpAddress: primary.privateIpAddress,
    PublicDnsName: publicName(call, primary),
    PublicIpAddress: primary.publicIp,
    SecurityGroups: groupsOf(call, primary),
    SourceDestCheck: primary.sourceDestCheck,
    SubnetId: instance.subnetId,
    VpcId: instance.vpcId,
    NetworkInterfaces: cards.map((each) => describeWithin(call, each)),
  };
}

const placementOf = (call: Ec2Call, instance: Instance) => ({
  AvailabilityZone: zoneOf(call, instance),
  AvailabilityZoneId: zoneIdOf(call.region, zoneOf(call, instance)),
  GroupName: '',
  Tenancy: instance.tenancy,
});

const hardware = {
  Architecture: 'x86_64',
  BootMode: 'uefi-preferred',
  CurrentInstanceBootMode: 'uefi',
  EnaSupport: true,
  Hypervisor: 'xen',
  PlatformDetails: 'Linux/UNIX',
  RootDeviceType: 'ebs',
  UsageOperation: 'RunInstances',
  VirtualizationType: 'hvm',
} as const;

function reasonOf({ stateReason }: Instance) {
  if (!stateReason) return {};
  return { StateReason: { Code: stateReason.code, Message: stateReason.message } };
}

/** An instance as DescribeInstances shows it; a terminated one has lost its network and volumes. */
export const describeInstance = (call: Ec2Call, instance: Instance): Described => ({
  ...hardware,
  ...network(call, instance, interfacesOf(call, instance.id)),
  ...profileOf(instance),
  ...reasonOf(instance),
  AmiLaunchIndex: instance.launchIndex,
  BlockDeviceMappings: blockDevicesOf(call, instance),
  ClientToken: instance.clientToken,
  EbsOptimized: instance.ebsOptimized,
  ImageId: instance.imageId,
  InstanceId: instance.id,
  InstanceType: instance.instanceType as Described['InstanceType'],
  KeyName: instance.keyName,
  LaunchTime: instance.launchedAt,
  MetadataOptions: { State: 'applied', ...instance.metadata },
  Monitoring: { State: instance.monitored ? 'enabled' : 'disabled' },
  Placement: placementOf(call, instance),
  ProductCodes: [],
  RootDeviceName: instance.rootDevice,
  State: stateOf(instance.state),
  StateTransitionReason: instance.transitionReason,
  Tags: tagList(call, instance.id),
});
