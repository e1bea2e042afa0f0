import type { CreateVolumeCommandInput, EC2 } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { boolean, ignoring, number, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { specifications, updateTags } from './tags';

const honoured = [
  'AvailabilityZone',
  'AvailabilityZoneId',
  'Encrypted',
  'Iops',
  'KmsKeyId',
  'Size',
  'Tags',
  'Throughput',
  'VolumeType',
];

async function create(properties: Properties, context: ProviderContext) {
  const { VolumeId = '' } = await context.client<EC2>('ec2').createVolume({
    AvailabilityZone: text(properties, 'AvailabilityZone'),
    AvailabilityZoneId: text(properties, 'AvailabilityZoneId'),
    Encrypted: boolean(properties, 'Encrypted'),
    Iops: number(properties, 'Iops'),
    KmsKeyId: text(properties, 'KmsKeyId'),
    Size: number(properties, 'Size'),
    Throughput: number(properties, 'Throughput'),
    VolumeType: text(properties, 'VolumeType') as CreateVolumeCommandInput['VolumeType'],
    ...specifications('volume', properties, context),
  });
  return { physicalId: VolumeId, attributes: { VolumeId } };
}

/** What ModifyVolume changes, growing only where it is the size. */
const modifiable = ['Iops', 'Size', 'Throughput', 'VolumeType'];

async function modify(VolumeId: string, properties: Properties, context: ProviderContext) {
  await context.client<EC2>('ec2').modifyVolume({
    VolumeId,
    Iops: number(properties, 'Iops'),
    Size: number(properties, 'Size'),
    Throughput: number(properties, 'Throughput'),
    VolumeType: (text(properties, 'VolumeType') ?? 'gp2') as CreateVolumeCommandInput['VolumeType'],
  });
}

/** AWS::EC2::Volume */
export const volume: ResourceProvider = {
  properties: honoured,
  create,
  async update(id, { properties, previous }, context) {
    const changed = honoured.filter(
      (name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]),
    );
    const fixed = changed.find((name) => name !== 'Tags' && !modifiable.includes(name));
    if (fixed) throw awsError('NotUpdatable', `Property ${fixed} of a volume cannot be updated.`); // text unverified
    if (changed.some((name) => modifiable.includes(name))) await modify(id, properties, context);
    await updateTags({ id, properties, previous }, context);
    return { physicalId: id, attributes: { VolumeId: id } };
  },
  delete: (VolumeId, _properties, context) =>
    ignoring(['InvalidVolume.NotFound'], context.client<EC2>('ec2').deleteVolume({ VolumeId })),
};

const names = (properties: Properties) => ({
  VolumeId: required(properties, 'VolumeId'),
  InstanceId: required(properties, 'InstanceId'),
  Device: text(properties, 'Device'),
});

/** AWS::EC2::VolumeAttachment */
export const volumeAttachment: ResourceProvider = {
  properties: ['Device', 'InstanceId', 'VolumeId'],
  async create(properties, context) {
    const { VolumeId, InstanceId, Device } = names(properties);
    await context.client<EC2>('ec2').attachVolume({ VolumeId, InstanceId, Device });
    return { physicalId: `${VolumeId}|${InstanceId}` };
  },
  delete: (_id, properties, context) =>
    ignoring(
      ['InvalidVolume.NotFound', 'InvalidAttachment.NotFound', 'IncorrectState'],
      context.client<EC2>('ec2').detachVolume(names(properties)),
    ),
  async read(id, _properties, context) {
    const [VolumeId = '', InstanceId = ''] = id.split('|');
    const { Volumes: [found] = [] } = await context.client<EC2>('ec2').describeVolumes({
      Filters: [{ Name: 'volume-id', Values: [VolumeId] }],
    });
    const attachment = found?.Attachments?.find((each) => each.InstanceId === InstanceId);
    return attachment && { VolumeId, InstanceId, Device: attachment.Device };
  },
};
