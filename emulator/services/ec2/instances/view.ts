import { interfacesOf } from '../interfaces/attachment';
import { zoneOf } from '../interfaces/describe';
import { all, type Ec2Call, type NetworkInterface } from '../state';
import { volumesOf } from '../volumes/attachment';
import type { Volume } from '../volumes/volume';
import type { Instance } from './instance';

const cardProperties = (card: NetworkInterface) => ({
  AssociatePublicIpAddress: card.publicIp !== undefined,
  DeleteOnTermination: card.attachment?.deleteOnTermination,
  Description: card.description,
  DeviceIndex: String(card.attachment?.deviceIndex ?? 0),
  GroupSet: card.groupIds,
  NetworkInterfaceId: card.id,
  PrivateIpAddress: card.privateIpAddress,
  SubnetId: card.subnetId,
});

const deviceProperties = (volume: Volume) => ({
  DeviceName: volume.attachment?.device,
  Ebs: {
    DeleteOnTermination: volume.attachment?.deleteOnTermination,
    Encrypted: volume.encrypted,
    Iops: volume.iops,
    KmsKeyId: volume.keyArn,
    SnapshotId: volume.snapshotId,
    VolumeSize: volume.size,
    VolumeType: volume.type,
  },
});

/** Volumes that came with the launch, as the request named them; others are attached to it. */
function storage(call: Ec2Call, { id, devices, rootDevice }: Instance) {
  const volumes = volumesOf(call, id);
  const launched = ({ attachment }: Volume) =>
    [rootDevice, ...devices].includes(attachment?.device ?? '');
  return {
    BlockDeviceMappings: devices.flatMap((device) =>
      volumes.filter(({ attachment }) => attachment?.device === device).map(deviceProperties),
    ),
    Volumes: volumes
      .filter((volume) => !launched(volume))
      .map((volume) => ({ Device: volume.attachment?.device, VolumeId: volume.id })),
  };
}

function network(call: Ec2Call, { id }: Instance) {
  const cards = interfacesOf(call, id);
  const [primary] = cards;
  return {
    NetworkInterfaces: cards.map(cardProperties),
    PrivateIpAddress: primary?.privateIpAddress,
    SecurityGroupIds: primary?.groupIds,
    SourceDestCheck: primary?.sourceDestCheck,
  };
}

/** An instance in the shape of its CloudFormation type. */
export const instanceProperties = (call: Ec2Call) => (instance: Instance) => ({
  InstanceId: instance.id,
  AvailabilityZone: zoneOf(call, instance),
  DisableApiTermination: instance.disableApiTermination,
  EbsOptimized: instance.ebsOptimized,
  IamInstanceProfile: instance.profile?.arn.split('/').at(-1),
  ImageId: instance.imageId,
  InstanceInitiatedShutdownBehavior: instance.shutdownBehavior,
  InstanceType: instance.instanceType,
  KeyName: instance.keyName,
  MetadataOptions: instance.metadata,
  Monitoring: instance.monitored,
  SubnetId: instance.subnetId,
  Tenancy: instance.tenancy,
  UserData: instance.userData,
  ...network(call, instance),
  ...storage(call, instance),
});

/** Instances that are not terminated, as what shows an account's resources takes them. */
export const isShown = (call: Ec2Call, id: string): boolean =>
  all(call, 'instance').get(id)?.state !== 'terminated';
