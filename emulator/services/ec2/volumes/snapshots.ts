import type { Snapshot as Described, Tag } from '@aws-sdk/client-ec2';
import { select, type Filters } from '../filters';
import { add, announce, find, newId, remove } from '../kinds';
import { all, type Ec2Call, type Ec2Handlers } from '../state';
import { addTags, specifiedTags, tagList } from '../tagging';
import { volumesOf } from './attachment';
import type { Snapshot, Volume } from './volume';

const timeToComplete = 10_000;

const stateOf = ({ completedAt }: Snapshot) => (completedAt ? 'completed' : 'pending');

const describe = (call: Ec2Call, snapshot: Snapshot): Described => ({
  Description: snapshot.description,
  Encrypted: snapshot.encrypted,
  KmsKeyId: snapshot.keyArn,
  OwnerId: call.accountId,
  Progress: snapshot.completedAt ? '100%' : '',
  SnapshotId: snapshot.id,
  StartTime: snapshot.createdAt,
  CompletionTime: snapshot.completedAt,
  State: stateOf(snapshot),
  StorageTier: 'standard',
  Tags: tagList(call, snapshot.id),
  VolumeId: snapshot.volumeId,
  VolumeSize: snapshot.size,
});

const filters: Filters<Snapshot> = {
  description: ({ description }) => [description],
  encrypted: ({ encrypted }) => [String(encrypted)],
  'owner-id': (_snapshot, call) => [call.accountId],
  progress: ({ completedAt }) => [completedAt ? '100%' : ''],
  'snapshot-id': ({ id }) => [id],
  'start-time': ({ createdAt }) => [createdAt.toISOString()],
  status: (snapshot) => [stateOf(snapshot)],
  'volume-id': ({ volumeId }) => [volumeId],
  'volume-size': ({ size }) => [String(size)],
};

/** Begins a snapshot; it completes on the clock. */
function begin(call: Ec2Call, volume: Volume, { description = '' }: { description?: string }) {
  const snapshot = add(call, 'snapshot', {
    id: newId(call, 'snap'),
    createdAt: call.now(),
    volumeId: volume.id,
    size: volume.size,
    description,
    encrypted: volume.encrypted,
    ...(volume.keyArn === undefined ? {} : { keyArn: volume.keyArn }),
  });
  call.timers.set({
    name: 'completeSnapshot',
    id: snapshot.id,
    at: new Date(call.now().getTime() + timeToComplete),
    payload: snapshot.id,
  });
  return snapshot;
}

/** What is due when a snapshot has been copied. */
export function completeSnapshot(id: string, call: Ec2Call): void {
  const snapshot = all(call, 'snapshot').get(id);
  if (!snapshot) return;
  snapshot.completedAt = call.now();
  announce(call, 'UPDATE', ['snapshot', id]);
  const arn = (resource: string) => `arn:aws:ec2::${call.region}:${resource}`;
  call.emit({
    source: 'aws.ec2',
    detailType: 'EBS Snapshot Notification',
    resources: [arn(`snapshot/${id}`)],
    detail: {
      event: 'createSnapshot',
      result: 'succeeded',
      cause: '',
      'request-id': '',
      snapshot_id: arn(`snapshot/${id}`),
      source: arn(`volume/${snapshot.volumeId}`),
      startTime: snapshot.createdAt.toISOString(),
      endTime: snapshot.completedAt.toISOString(),
    },
  });
}

interface MultiVolume {
  InstanceId?: string | undefined;
  ExcludeBootVolume?: boolean | undefined;
  ExcludeDataVolumeIds?: string[] | undefined;
}

function volumesToCopy(call: Ec2Call, specification: MultiVolume | undefined): Volume[] {
  const { InstanceId, ExcludeBootVolume, ExcludeDataVolumeIds = [] } = specification ?? {};
  const { id, rootDevice } = find(call, 'instance', InstanceId);
  return volumesOf(call, id)
    .filter(({ attachment }) => !ExcludeBootVolume || attachment?.device !== rootDevice)
    .filter((volume) => !ExcludeDataVolumeIds.includes(volume.id));
}

const ownTags = (call: Ec2Call, volume: Volume): Tag[] =>
  tagList(call, volume.id).filter(({ Key = '' }) => !Key.startsWith('aws:'));

export const snapshots = {
  CreateSnapshot({ VolumeId, Description, TagSpecifications }, call) {
    const volume = find(call, 'volume', VolumeId);
    const tags = specifiedTags('snapshot', TagSpecifications);
    const snapshot = begin(call, volume, { description: Description ?? '' });
    addTags(call, snapshot.id, tags);
    return describe(call, snapshot);
  },

  CreateSnapshots({ InstanceSpecification, Description, ...input }, call) {
    const copied = volumesToCopy(call, InstanceSpecification);
    const tags = specifiedTags('snapshot', input.TagSpecifications);
    const isWithTags = input.CopyTagsFromSource === 'volume';
    return {
      Snapshots: copied.map((volume) => {
        const snapshot = begin(call, volume, { description: Description ?? '' });
        addTags(call, snapshot.id, [...(isWithTags ? ownTags(call, volume) : []), ...tags]);
        return describe(call, snapshot);
      }),
    };
  },

  DescribeSnapshots({ SnapshotIds, Filters: wanted, NextToken, MaxResults, ...input }, call) {
    const owners = input.OwnerIds?.map((owner) => (owner === 'self' ? call.accountId : owner));
    const own = owners?.length ? [{ Name: 'owner-id', Values: owners }] : [];
    const { page, next } = select(call, 'snapshot', {
      ids: SnapshotIds,
      filters: [...(wanted ?? []), ...own],
      token: NextToken,
      max: MaxResults,
      table: filters,
    });
    return { Snapshots: page.map((snapshot) => describe(call, snapshot)), NextToken: next };
  },

  DeleteSnapshot({ SnapshotId }, call) {
    const { id } = find(call, 'snapshot', SnapshotId);
    call.timers.cancel(id);
    remove(call, 'snapshot', id);
  },
} satisfies Ec2Handlers;
