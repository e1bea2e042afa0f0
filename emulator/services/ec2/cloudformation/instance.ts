import type { EC2, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import {
  boolean,
  ignoring,
  object,
  objects,
  required,
  tagsFor,
  text,
  texts,
} from '../../../cloudformation/properties';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { changeInstance } from './instance-changes';
import { devicesOf, interfacesOf, templateOf } from './launch-properties';
import { settled } from './settled';

const honoured = [
  'AvailabilityZone',
  'BlockDeviceMappings.DeviceName',
  'BlockDeviceMappings.Ebs.DeleteOnTermination',
  'BlockDeviceMappings.Ebs.Encrypted',
  'BlockDeviceMappings.Ebs.Iops',
  'BlockDeviceMappings.Ebs.KmsKeyId',
  'BlockDeviceMappings.Ebs.VolumeSize',
  'BlockDeviceMappings.Ebs.VolumeType',
  'DisableApiTermination',
  'EbsOptimized',
  'IamInstanceProfile',
  'ImageId',
  'InstanceInitiatedShutdownBehavior',
  'InstanceType',
  'KeyName',
  'LaunchTemplate',
  'MetadataOptions.HttpEndpoint',
  'MetadataOptions.HttpProtocolIpv6',
  'MetadataOptions.HttpPutResponseHopLimit',
  'MetadataOptions.HttpTokens',
  'MetadataOptions.InstanceMetadataTags',
  'Monitoring',
  'NetworkInterfaces.AssociatePublicIpAddress',
  'NetworkInterfaces.DeleteOnTermination',
  'NetworkInterfaces.Description',
  'NetworkInterfaces.DeviceIndex',
  'NetworkInterfaces.GroupSet',
  'NetworkInterfaces.NetworkInterfaceId',
  'NetworkInterfaces.PrivateIpAddress',
  'NetworkInterfaces.SubnetId',
  'PrivateIpAddress',
  'PropagateTagsToVolumeOnCreation',
  'SecurityGroupIds',
  'SourceDestCheck',
  'SubnetId',
  'Tags',
  'Tenancy',
  'UserData',
  'Volumes',
];

async function provided(ec2: EC2, id: string): Promise<Provided> {
  const { Reservations: [reservation] = [] } = await ec2.describeInstances({ InstanceIds: [id] });
  const { Placement, State, ...found } = reservation?.Instances?.[0] ?? {};
  return {
    physicalId: id,
    attributes: {
      AvailabilityZone: Placement?.AvailabilityZone,
      InstanceId: id,
      PrivateDnsName: found.PrivateDnsName,
      PrivateIp: found.PrivateIpAddress,
      PublicDnsName: found.PublicDnsName,
      PublicIp: found.PublicIpAddress,
      State,
      VpcId: found.VpcId,
    },
  };
}

function tagged(properties: Properties, context: ProviderContext) {
  const Tags = tagsFor(properties, context);
  const onVolumes = boolean(properties, 'PropagateTagsToVolumeOnCreation') ?? false;
  const types = ['instance' as const, ...(onVolumes ? ['volume' as const] : [])];
  return types.map((ResourceType) => ({ ResourceType, Tags }));
}

/** A property that is not set leaves the word to the launch template, so it is not sent. */
function switches(properties: Properties): Partial<RunInstancesCommandInput> {
  const Enabled = boolean(properties, 'Monitoring');
  const Name = text(properties, 'IamInstanceProfile');
  return {
    DisableApiTermination: boolean(properties, 'DisableApiTermination'),
    EbsOptimized: boolean(properties, 'EbsOptimized'),
    ...(Name === undefined ? {} : { IamInstanceProfile: { Name } }),
    ...(Enabled === undefined ? {} : { Monitoring: { Enabled } }),
    InstanceInitiatedShutdownBehavior: text(
      properties,
      'InstanceInitiatedShutdownBehavior',
    ) as RunInstancesCommandInput['InstanceInitiatedShutdownBehavior'],
    MetadataOptions: object(properties, 'MetadataOptions'),
  };
}

function placement(properties: Properties): Partial<RunInstancesCommandInput> {
  const AvailabilityZone = text(properties, 'AvailabilityZone');
  const Tenancy = text(properties, 'Tenancy') as 'default' | 'dedicated' | undefined;
  const isPlaced = AvailabilityZone !== undefined || Tenancy !== undefined;
  return {
    ...(isPlaced ? { Placement: { AvailabilityZone, Tenancy } } : {}),
    PrivateIpAddress: text(properties, 'PrivateIpAddress'),
    SecurityGroupIds: texts(properties, 'SecurityGroupIds'),
    SubnetId: text(properties, 'SubnetId'),
    NetworkInterfaces: interfacesOf(properties),
  };
}

const launchInput = (
  properties: Properties,
  context: ProviderContext,
): RunInstancesCommandInput => ({
  MinCount: 1,
  MaxCount: 1,
  BlockDeviceMappings: devicesOf(properties),
  ImageId: text(properties, 'ImageId'),
  InstanceType: text(properties, 'InstanceType') as RunInstancesCommandInput['InstanceType'],
  KeyName: text(properties, 'KeyName'),
  LaunchTemplate: templateOf(properties),
  UserData: text(properties, 'UserData'),
  TagSpecifications: tagged(properties, context),
  ...switches(properties),
  ...placement(properties),
});

async function create(properties: Properties, context: ProviderContext): Promise<Provided> {
  const ec2 = context.client<EC2>('ec2');
  const { Instances: [instance] = [] } = await ec2.runInstances(launchInput(properties, context));
  const { InstanceId = '' } = instance ?? {};
  const Value = boolean(properties, 'SourceDestCheck');
  if (Value !== undefined)
    await ec2.modifyInstanceAttribute({ InstanceId, SourceDestCheck: { Value } });
  await settled(InstanceId, 'running', context);
  for (const volume of objects(properties, 'Volumes'))
    await ec2.attachVolume({
      InstanceId,
      VolumeId: required(volume, 'VolumeId'),
      Device: required(volume, 'Device'),
    });
  return provided(ec2, InstanceId);
}

/** AWS::EC2::Instance */
export const instance: ResourceProvider = {
  properties: honoured,
  writeOnly: ['LaunchTemplate', 'PropagateTagsToVolumeOnCreation'],
  replaces: ({ properties, previous }) =>
    ['BlockDeviceMappings', 'Tenancy'].some(
      (name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]),
    ) || undefined,
  create,
  async update(id, change, context) {
    await changeInstance(id, change, context);
    return provided(context.client<EC2>('ec2'), id);
  },
  async delete(id, _properties, context) {
    const ec2 = context.client<EC2>('ec2');
    await ignoring(['InvalidInstanceID.NotFound'], ec2.terminateInstances({ InstanceIds: [id] }));
    await settled(id, 'terminated', context);
  },
};
