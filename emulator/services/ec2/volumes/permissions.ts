import type { EC2 } from '@aws-sdk/client-ec2';
import type { Requirements } from '../../../service';
import { creation, on, onBoth } from '../permission';
import type { Ec2State } from '../state';

/** What IAM is asked about volumes and snapshots. */
export const volumePermissions = {
  CreateVolume: ({ TagSpecifications: specifications }, call) =>
    creation(call, { kind: 'volume', specifications }),
  ModifyVolume: ({ VolumeId }, call) => on('ModifyVolume', 'volume')(call, VolumeId),
  DeleteVolume: ({ VolumeId }, call) => on('DeleteVolume', 'volume')(call, VolumeId),
  AttachVolume: ({ InstanceId, VolumeId }, call) =>
    onBoth(call, [
      ['instance', InstanceId],
      ['volume', VolumeId],
    ]),
  DetachVolume: ({ VolumeId }, call) => on('DetachVolume', 'volume')(call, VolumeId),
  CreateSnapshot: ({ VolumeId, TagSpecifications: specifications }, call) =>
    creation(call, { kind: 'snapshot', specifications }, VolumeId),
  CreateSnapshots: ({ InstanceSpecification, TagSpecifications: specifications }, call) => [
    ...creation(call, { kind: 'snapshot', specifications }, InstanceSpecification?.InstanceId),
    on('CreateSnapshots', 'volume')(call, '*'),
  ],
  DeleteSnapshot: ({ SnapshotId }, call) => on('DeleteSnapshot', 'snapshot')(call, SnapshotId),
} satisfies Requirements<EC2, Ec2State>;
