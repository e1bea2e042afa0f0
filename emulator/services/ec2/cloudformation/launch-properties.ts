import type {
  BlockDeviceMapping,
  InstanceNetworkInterfaceSpecification,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-ec2';
import { boolean, number, object, objects, text, texts } from '../../../cloudformation/properties';
import type { Properties } from '../../../cloudformation/provider';

function volumeOf(ebs: Properties): NonNullable<BlockDeviceMapping['Ebs']> {
  return {
    DeleteOnTermination: boolean(ebs, 'DeleteOnTermination'),
    Encrypted: boolean(ebs, 'Encrypted'),
    Iops: number(ebs, 'Iops'),
    KmsKeyId: text(ebs, 'KmsKeyId'),
    VolumeSize: number(ebs, 'VolumeSize'),
    VolumeType: text(ebs, 'VolumeType') as NonNullable<BlockDeviceMapping['Ebs']>['VolumeType'],
  };
}

/** `BlockDeviceMappings` of a template as RunInstances takes them. */
export const devicesOf = (properties: Properties): BlockDeviceMapping[] =>
  objects(properties, 'BlockDeviceMappings').map((mapping) => {
    const ebs = object(mapping, 'Ebs');
    return {
      DeviceName: text(mapping, 'DeviceName'),
      ...(ebs ? { Ebs: volumeOf(ebs) } : {}),
    };
  });

/** `NetworkInterfaces` of a template as RunInstances takes them. */
export const interfacesOf = (properties: Properties): InstanceNetworkInterfaceSpecification[] =>
  objects(properties, 'NetworkInterfaces').map((card) => ({
    AssociatePublicIpAddress: boolean(card, 'AssociatePublicIpAddress'),
    DeleteOnTermination: boolean(card, 'DeleteOnTermination'),
    Description: text(card, 'Description'),
    DeviceIndex: number(card, 'DeviceIndex'),
    Groups: texts(card, 'GroupSet'),
    NetworkInterfaceId: text(card, 'NetworkInterfaceId'),
    PrivateIpAddress: text(card, 'PrivateIpAddress'),
    SubnetId: text(card, 'SubnetId'),
  }));

/** The launch template that a template's `LaunchTemplate` names. */
export function templateOf(properties: Properties): LaunchTemplateSpecification | undefined {
  const named = object(properties, 'LaunchTemplate');
  return (
    named && {
      LaunchTemplateId: text(named, 'LaunchTemplateId'),
      LaunchTemplateName: text(named, 'LaunchTemplateName'),
      Version: text(named, 'Version'),
    }
  );
}
