import type { VolumeType } from '@aws-sdk/client-ec2';

interface VolumeAttachment {
  instanceId: string;
  device: string;
  attachedAt: Date;
  deleteOnTermination: boolean;
}

export interface Volume {
  id: string;
  createdAt: Date;
  availabilityZone: string;
  /** GiB */
  size: number;
  type: VolumeType;
  iops?: number;
  /** MiB/s */
  throughput?: number;
  encrypted: boolean;
  keyArn?: string;
  snapshotId?: string;
  attachment?: VolumeAttachment;
}

export interface Snapshot {
  id: string;
  createdAt: Date;
  volumeId: string;
  /** GiB, of the volume. */
  size: number;
  description: string;
  encrypted: boolean;
  keyArn?: string;
  completedAt?: Date;
}
