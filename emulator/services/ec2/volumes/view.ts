import { zoneIdOf } from '../regions';
import type { Ec2Call } from '../state';
import type { Snapshot, Volume } from './volume';

/** A volume in the shape of its CloudFormation type. */
export const volumeProperties = (call: Ec2Call) => (volume: Volume) => ({
  VolumeId: volume.id,
  AvailabilityZone: volume.availabilityZone,
  AvailabilityZoneId: zoneIdOf(call.region, volume.availabilityZone),
  Encrypted: volume.encrypted,
  Iops: volume.iops,
  KmsKeyId: volume.keyArn,
  Size: volume.size,
  SnapshotId: volume.snapshotId,
  Throughput: volume.throughput,
  VolumeType: volume.type,
});

/** A snapshot, of which CloudFormation knows no type. */
export const snapshotProperties = (snapshot: Snapshot) => ({
  SnapshotId: snapshot.id,
  Description: snapshot.description,
  Encrypted: snapshot.encrypted,
  VolumeId: snapshot.volumeId,
});
