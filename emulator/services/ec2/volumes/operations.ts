import type { CreateVolumeRequest, Volume as Described } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { select, type Filters } from '../filters';
import { add, announce, find, invalid, missing, newId, remove } from '../kinds';
import { zoneIdOf, zonesOf } from '../regions';
import { all, type Ec2Call, type Ec2Handlers } from '../state';
import { addTags, specifiedTags, tagList } from '../tagging';
import { attachmentOf } from './attachment';
import { keyArnOf } from './encryption';
import { checkedSpecification } from './specification';
import type { Volume } from './volume';

const statusOf = ({ attachment }: Volume) => (attachment ? 'in-use' : 'available');

const describe = (call: Ec2Call, volume: Volume): Described => ({
  Attachments: [attachmentOf(volume)].filter((each) => each !== undefined),
  AvailabilityZone: volume.availabilityZone,
  AvailabilityZoneId: zoneIdOf(call.region, volume.availabilityZone),
  CreateTime: volume.createdAt,
  Encrypted: volume.encrypted,
  Iops: volume.iops,
  KmsKeyId: volume.keyArn,
  MultiAttachEnabled: false,
  Size: volume.size,
  SnapshotId: volume.snapshotId ?? '',
  State: statusOf(volume),
  Tags: tagList(call, volume.id),
  Throughput: volume.throughput,
  VolumeId: volume.id,
  VolumeType: volume.type,
});

const filters: Filters<Volume> = {
  'attachment.attach-time': ({ attachment }) => [attachment?.attachedAt.toISOString()],
  'attachment.delete-on-termination': ({ attachment }) =>
    attachment ? [String(attachment.deleteOnTermination)] : [],
  'attachment.device': ({ attachment }) => [attachment?.device],
  'attachment.instance-id': ({ attachment }) => [attachment?.instanceId],
  'attachment.status': ({ attachment }) => (attachment ? ['attached'] : []),
  'availability-zone': ({ availabilityZone }) => [availabilityZone],
  'create-time': ({ createdAt }) => [createdAt.toISOString()],
  encrypted: ({ encrypted }) => [String(encrypted)],
  size: ({ size }) => [String(size)],
  'snapshot-id': ({ snapshotId }) => [snapshotId],
  status: (volume) => [statusOf(volume)],
  'volume-id': ({ id }) => [id],
  'volume-type': ({ type }) => [type],
};

function checkedZone(call: Ec2Call, { AvailabilityZone, AvailabilityZoneId }: CreateVolumeRequest) {
  const zones = zonesOf(call.region);
  const zone =
    AvailabilityZone ?? zones.find((each) => zoneIdOf(call.region, each) === AvailabilityZoneId);
  if (!zone && !AvailabilityZoneId) throw missing('zone');
  if (zone && zones.includes(zone)) return zone;
  throw awsError(
    'InvalidZone.NotFound',
    `The zone '${AvailabilityZone ?? AvailabilityZoneId}' does not exist.`,
  );
}

function checkSupported(input: CreateVolumeRequest) {
  for (const name of ['OutpostArn', 'MultiAttachEnabled', 'VolumeInitializationRate'] as const)
    if (input[name])
      throw awsError('UnsupportedOperation', `The parameter ${name} of volumes is not emulated.`);
}

/** What a volume takes over from the snapshot that it is made of. */
function sourceOf(call: Ec2Call, { SnapshotId, Size }: CreateVolumeRequest) {
  const snapshot = SnapshotId ? find(call, 'snapshot', SnapshotId) : undefined;
  const size = Size ?? snapshot?.size;
  if (size === undefined) throw missing('size/snapshot');
  if (!snapshot) return { size, snapshot };
  if (!snapshot.completedAt)
    throw awsError('IncorrectState', `Snapshot is in invalid state - pending`);
  if (size < snapshot.size)
    throw invalid(
      `Volume of ${size}GiB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.size}GiB`,
    );
  return { size, snapshot };
}

export const volumes = {
  async CreateVolume(input, call) {
    checkSupported(input);
    const availabilityZone = checkedZone(call, input);
    const { size, snapshot } = sourceOf(call, input);
    const tags = specifiedTags('volume', input.TagSpecifications);
    const { VolumeType: type, Iops: iops, Throughput: throughput } = input;
    const volume: Volume = {
      id: newId(call, 'vol'),
      createdAt: call.now(),
      availabilityZone,
      ...checkedSpecification({ size, type, iops, throughput }),
      ...(await keyArnOf(call, input, snapshot)),
      ...(snapshot ? { snapshotId: snapshot.id } : {}),
    };
    addTags(call, volume.id, tags);
    add(call, 'volume', volume);
    return { ...describe(call, volume), State: 'creating' };
  },

  DescribeVolumes({ VolumeIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: VolumeIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'volume', { ...query, table: filters });
    return { Volumes: page.map((volume) => describe(call, volume)), NextToken: next };
  },

  /** The new size and performance are there at once, where AWS takes its time. */
  ModifyVolume({ VolumeId, Size, VolumeType, Iops, Throughput, MultiAttachEnabled }, call) {
    const volume = find(call, 'volume', VolumeId);
    checkSupported({ MultiAttachEnabled });
    const { size: before, type: typeBefore } = volume;
    const { size, type, ...rest } = checkedSpecification({
      size: Size ?? before,
      type: VolumeType ?? typeBefore,
      iops: Iops,
      throughput: Throughput,
    });
    if (size < before) throw invalid('New size cannot be smaller than existing size');
    const { iops: _iops, throughput: _throughput, ...kept } = volume;
    all(call, 'volume').set(volume.id, { ...kept, size, type, ...rest });
    announce(call, 'UPDATE', ['volume', volume.id]);
    return {
      VolumeModification: {
        VolumeId: volume.id,
        ModificationState: 'modifying',
        OriginalSize: before,
        OriginalVolumeType: typeBefore,
        TargetSize: size,
        TargetVolumeType: type,
        TargetIops: rest.iops,
        TargetThroughput: rest.throughput,
        Progress: 0,
        StartTime: call.now(),
      },
    };
  },

  DeleteVolume({ VolumeId }, call) {
    const { id, attachment } = find(call, 'volume', VolumeId);
    if (attachment)
      throw awsError(
        'VolumeInUse',
        `Volume ${id} is currently attached to ${attachment.instanceId}`,
      );
    remove(call, 'volume', id);
  },
} satisfies Ec2Handlers;
