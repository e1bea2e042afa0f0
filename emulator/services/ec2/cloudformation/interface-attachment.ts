import type { EC2 } from '@aws-sdk/client-ec2';
import { boolean, ignoring, number, required } from '../../../cloudformation/properties';
import type { Properties, ResourceProvider } from '../../../cloudformation/provider';

async function keep(ec2: EC2, AttachmentId: string, properties: Properties) {
  await ec2.modifyNetworkInterfaceAttribute({
    NetworkInterfaceId: required(properties, 'NetworkInterfaceId'),
    Attachment: {
      AttachmentId,
      DeleteOnTermination: boolean(properties, 'DeleteOnTermination') ?? true,
    },
  });
}

/** AWS::EC2::NetworkInterfaceAttachment */
export const interfaceAttachment: ResourceProvider = {
  properties: ['DeleteOnTermination', 'DeviceIndex', 'InstanceId', 'NetworkInterfaceId'],
  async create(properties, context) {
    const ec2 = context.client<EC2>('ec2');
    const { AttachmentId = '' } = await ec2.attachNetworkInterface({
      InstanceId: required(properties, 'InstanceId'),
      NetworkInterfaceId: required(properties, 'NetworkInterfaceId'),
      DeviceIndex: number(properties, 'DeviceIndex'),
    });
    await keep(ec2, AttachmentId, properties);
    return { physicalId: AttachmentId, attributes: { AttachmentId } };
  },
  async update(id, { properties }, context) {
    await keep(context.client<EC2>('ec2'), id, properties);
    return { physicalId: id, attributes: { AttachmentId: id } };
  },
  delete: (AttachmentId, _properties, context) =>
    ignoring(
      ['InvalidAttachmentID.NotFound'],
      context.client<EC2>('ec2').detachNetworkInterface({ AttachmentId }),
    ),
  async read(id, _properties, context) {
    const { NetworkInterfaces: [found] = [] } = await context
      .client<EC2>('ec2')
      .describeNetworkInterfaces({ Filters: [{ Name: 'attachment.attachment-id', Values: [id] }] });
    const { Attachment } = found ?? {};
    return (
      Attachment && {
        DeleteOnTermination: Attachment.DeleteOnTermination,
        DeviceIndex: Attachment.DeviceIndex,
        InstanceId: Attachment.InstanceId,
        NetworkInterfaceId: found?.NetworkInterfaceId,
      }
    );
  },
};
