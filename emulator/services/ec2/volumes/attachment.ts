import { awsError } from '../../../errors';
import { zoneOf } from '../interfaces/describe';
import { announce, find, missing, invalid } from '../kinds';
import { all, type Ec2Call, type Ec2Handlers } from '../state';
import type { Volume } from './volume';

/** The volumes of an instance, its root volume first. */
export const volumesOf = (call: Ec2Call, instanceId: string): Volume[] =>
  [...all(call, 'volume').values()].filter(
    ({ attachment }) => attachment?.instanceId === instanceId,
  );

/** An attachment as answers carry it. */
export const attachmentOf = ({ id, attachment }: Volume) =>
  attachment && {
    AttachTime: attachment.attachedAt,
    DeleteOnTermination: attachment.deleteOnTermination,
    Device: attachment.device,
    InstanceId: attachment.instanceId,
    State: 'attached' as const,
    VolumeId: id,
  };

/** Takes a volume from its instance. */
export function detachVolume(call: Ec2Call, volume: Volume): void {
  delete volume.attachment;
  announce(call, 'UPDATE', ['volume', volume.id]);
}

function checkedDevice(call: Ec2Call, instanceId: string, device: string | undefined): string {
  if (!device) throw missing('device');
  if (volumesOf(call, instanceId).some(({ attachment }) => attachment?.device === device))
    throw invalid(
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    );
  return device;
}

/** The attachment that DetachVolume means, which may name instance and device to make sure. */
function attachmentToEnd(
  volume: Volume,
  wanted: { InstanceId?: string | undefined; Device?: string | undefined },
) {
  const { attachment } = volume;
  if (!attachment)
    // Without the space, as AWS writes it.
    throw awsError('IncorrectState', `Volume '${volume.id}'is in the 'available' state.`);
  const { InstanceId = attachment.instanceId, Device = attachment.device } = wanted;
  if (InstanceId !== attachment.instanceId || Device !== attachment.device)
    throw awsError(
      'InvalidAttachment.NotFound',
      `The volume ${volume.id} is not attached to instance ${InstanceId} as device ${Device}`,
    );
  return attachment;
}

export const volumeAttachments = {
  AttachVolume({ VolumeId, InstanceId, Device }, call) {
    const volume = find(call, 'volume', VolumeId);
    const instance = find(call, 'instance', InstanceId);
    if (volume.attachment)
      throw awsError('VolumeInUse', `${volume.id} is already attached to an instance`);
    if (!['running', 'stopped'].includes(instance.state))
      throw awsError('IncorrectState', `Instance '${instance.id}' is not 'running'.`);
    if (volume.availabilityZone !== zoneOf(call, instance))
      throw awsError(
        'InvalidVolume.ZoneMismatch',
        `The volume '${volume.id}' is not in the same availability zone as instance '${instance.id}'`,
      );
    volume.attachment = {
      instanceId: instance.id,
      device: checkedDevice(call, instance.id, Device),
      attachedAt: call.now(),
      deleteOnTermination: false,
    };
    announce(call, 'UPDATE', ['volume', volume.id]);
    announce(call, 'UPDATE', ['instance', instance.id]);
    return { ...attachmentOf(volume), State: 'attaching' };
  },

  DetachVolume({ VolumeId, InstanceId, Device }, call) {
    const volume = find(call, 'volume', VolumeId);
    const attachment = attachmentToEnd(volume, { InstanceId, Device });
    const instance = find(call, 'instance', attachment.instanceId);
    if (attachment.device === instance.rootDevice && instance.state !== 'stopped')
      throw awsError(
        'OperationNotPermitted',
        `Unable to detach root volume '${volume.id}' from instance '${instance.id}'`,
      );
    const shown = attachmentOf(volume);
    detachVolume(call, volume);
    announce(call, 'UPDATE', ['instance', instance.id]);
    return { ...shown, State: 'detaching' };
  },
} satisfies Ec2Handlers;
