import { awsError } from '../../../errors';
import { isGone, wrongState } from '../instances/instance';
import { announce, find, invalid, missing, newId } from '../kinds';
import { zoneOf } from './describe';
import { all, type Ec2Call, type Ec2Handlers, type NetworkInterface } from '../state';

/** AWS's error for an attachment of an interface that is not there. */
export const noAttachment = (id: string | undefined) =>
  awsError(
    'InvalidAttachmentID.NotFound',
    `The network interface attachment ID '${id}' does not exist`,
  );

/** The interfaces of an instance, the primary one first. */
export const interfacesOf = (call: Ec2Call, instanceId: string): NetworkInterface[] =>
  [...all(call, 'network-interface').values()]
    .filter(({ attachment }) => attachment?.instanceId === instanceId)
    .toSorted((one, other) => indexOf(one) - indexOf(other));

const indexOf = ({ attachment }: NetworkInterface) => attachment?.deviceIndex ?? 0;

interface Place {
  instanceId: string;
  deviceIndex: number;
  deleteOnTermination: boolean;
}

/** Refuses an interface that an instance has already. */
export function checkFree({ id, attachment }: NetworkInterface): void {
  if (attachment) throw awsError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
}

/** Gives an interface to an instance. */
export function attach(call: Ec2Call, each: NetworkInterface, place: Place): string {
  const id = newId(call, 'eni-attach');
  each.attachment = { id, attachedAt: call.now(), ...place };
  announce(call, 'UPDATE', ['network-interface', each.id]);
  return id;
}

/** Takes an interface from its instance; a public address that came with the launch goes. */
export function detach(call: Ec2Call, each: NetworkInterface): void {
  delete each.attachment;
  delete each.publicIp;
  announce(call, 'UPDATE', ['network-interface', each.id]);
}

function checkRoom(call: Ec2Call, instanceId: string, deviceIndex: number) {
  const taken = interfacesOf(call, instanceId).some(
    ({ attachment }) => attachment?.deviceIndex === deviceIndex,
  );
  if (taken)
    throw invalid(
      `Instance '${instanceId}' already has an interface attached at device index '${deviceIndex}'.`,
    );
}

function byAttachment(call: Ec2Call, id: string | undefined): NetworkInterface {
  if (!id) throw missing('attachmentId');
  const found = [...all(call, 'network-interface').values()].find(
    ({ attachment }) => attachment?.id === id,
  );
  if (!found) throw noAttachment(id);
  return found;
}

export const interfaceAttachments = {
  AttachNetworkInterface({ NetworkInterfaceId, InstanceId, DeviceIndex }, call) {
    const instance = find(call, 'instance', InstanceId);
    const each = find(call, 'network-interface', NetworkInterfaceId);
    if (DeviceIndex === undefined) throw missing('deviceIndex');
    checkFree(each);
    if (isGone(instance)) throw wrongState(instance.id);
    // The text was not verified.
    if (each.vpcId !== instance.vpcId || zoneOf(call, each) !== zoneOf(call, instance))
      throw invalid(
        `You may not attach a network interface to an instance if they are not in the same availability zone`,
      );
    checkRoom(call, instance.id, DeviceIndex);
    const place = { instanceId: instance.id, deviceIndex: DeviceIndex, deleteOnTermination: false };
    const AttachmentId = attach(call, each, place);
    announce(call, 'UPDATE', ['instance', instance.id]);
    return { AttachmentId, NetworkCardIndex: 0 };
  },

  DetachNetworkInterface({ AttachmentId }, call) {
    const each = byAttachment(call, AttachmentId);
    const { instanceId = '', deviceIndex } = each.attachment ?? {};
    if (deviceIndex === 0)
      throw awsError(
        'OperationNotPermitted',
        'The network interface at device index 0 and networkCard index 0 cannot be detached.',
      );
    detach(call, each);
    announce(call, 'UPDATE', ['instance', instanceId]);
  },
} satisfies Ec2Handlers;
