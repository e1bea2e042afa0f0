import type { NetworkInterfaceAttachmentChanges } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { select } from '../filters';
import { announce, find, invalid, missing, remove } from '../kinds';
import type { Ec2Call, Ec2Handlers, NetworkInterface } from '../state';
import { addTags, specifiedTags } from '../tagging';
import { noAttachment } from './attachment';
import { describeInterface, interfaceFilters } from './describe';
import { addInterface, checkedGroups } from './interface';

/** Announces what shows an interface's settings: the interface and the instance it belongs to. */
function changed(call: Ec2Call, { id, attachment }: NetworkInterface) {
  announce(call, 'UPDATE', ['network-interface', id]);
  if (attachment) announce(call, 'UPDATE', ['instance', attachment.instanceId]);
}

function checkSingle(given: Record<string, unknown>) {
  const names = Object.entries(given).filter(([, value]) => value !== undefined);
  if (names.length === 1) return;
  // Texts as ModifyVpcAttribute has them; not verified for interfaces.
  const text = names.length ? 'Fields for multiple attribute types' : 'No attributes';
  throw awsError('InvalidParameterCombination', `${text} specified`);
}

function groupsFor(call: Ec2Call, each: NetworkInterface, groups: string[] | undefined) {
  if (groups?.length === 0) throw missing('groupId');
  return groups ? checkedGroups(call, each.vpcId, groups) : each.groupIds;
}

function changeAttachment(
  { attachment }: NetworkInterface,
  { AttachmentId, DeleteOnTermination }: NetworkInterfaceAttachmentChanges,
) {
  if (!attachment || attachment.id !== AttachmentId) throw noAttachment(AttachmentId);
  attachment.deleteOnTermination = DeleteOnTermination ?? attachment.deleteOnTermination;
}

export const networkInterfaces = {
  CreateNetworkInterface(input, call) {
    const subnet = find(call, 'subnet', input.SubnetId);
    const tags = specifiedTags('network-interface', input.TagSpecifications);
    const created = addInterface(call, subnet, input);
    addTags(call, created.id, tags);
    return { NetworkInterface: describeInterface(call, created) };
  },

  DescribeNetworkInterfaces({ NetworkInterfaceIds, Filters: wanted, ...input }, call) {
    const { page, next } = select(call, 'network-interface', {
      ids: NetworkInterfaceIds,
      filters: wanted,
      token: input.NextToken,
      max: input.MaxResults,
      table: interfaceFilters,
    });
    return {
      NetworkInterfaces: page.map((each) => describeInterface(call, each)),
      NextToken: next,
    };
  },

  ModifyNetworkInterfaceAttribute({ NetworkInterfaceId, DryRun: _none, ...input }, call) {
    const each = find(call, 'network-interface', NetworkInterfaceId);
    const { Groups, Description, SourceDestCheck, Attachment, ...others } = input;
    const [other] = Object.keys(others);
    if (other) throw awsError('UnsupportedOperation', `The attribute ${other} is not emulated.`);
    checkSingle({ Groups, Description, SourceDestCheck, Attachment });
    each.groupIds = groupsFor(call, each, Groups);
    each.description = Description?.Value ?? each.description;
    each.sourceDestCheck = SourceDestCheck?.Value ?? each.sourceDestCheck;
    if (Attachment) changeAttachment(each, Attachment);
    changed(call, each);
  },

  DeleteNetworkInterface({ NetworkInterfaceId }, call) {
    const { id, attachment } = find(call, 'network-interface', NetworkInterfaceId);
    if (attachment) throw invalid(`Network interface '${id}' is currently in use.`);
    remove(call, 'network-interface', id);
  },
} satisfies Ec2Handlers;
