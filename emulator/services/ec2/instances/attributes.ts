import type { InstanceAttribute, ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import { _InstanceType } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { interfacesOf } from '../interfaces/attachment';
import { groupsOf } from '../interfaces/describe';
import { checkedGroups } from '../interfaces/interface';
import { announce, find, invalid, missing } from '../kinds';
import type { Ec2Call, Ec2Handlers, NetworkInterface } from '../state';
import { blockDevicesOf } from './describe';
import { type Instance, isGone, wrongState } from './instance';
import { metadataOf } from './metadata';
import { table } from '../../../table';

type Reader = (instance: Instance, call: Ec2Call) => Omit<InstanceAttribute, 'InstanceId'>;

const readers: Record<string, Reader> = table({
  blockDeviceMapping: (instance, call) => ({ BlockDeviceMappings: blockDevicesOf(call, instance) }),
  disableApiStop: ({ disableApiStop: Value }) => ({ DisableApiStop: { Value } }),
  disableApiTermination: ({ disableApiTermination: Value }) => ({
    DisableApiTermination: { Value },
  }),
  ebsOptimized: ({ ebsOptimized: Value }) => ({ EbsOptimized: { Value } }),
  groupSet: ({ id }, call) => ({
    Groups: interfacesOf(call, id)
      .slice(0, 1)
      .flatMap((card) => groupsOf(call, card)),
  }),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior: Value }) => ({
    InstanceInitiatedShutdownBehavior: { Value },
  }),
  instanceType: ({ instanceType: Value }) => ({ InstanceType: { Value } }),
  rootDeviceName: ({ rootDevice: Value }) => ({ RootDeviceName: { Value } }),
  sourceDestCheck: ({ id }, call) => ({
    SourceDestCheck: { Value: interfacesOf(call, id)[0]?.sourceDestCheck },
  }),
  userData: ({ userData }) => ({ UserData: userData === undefined ? {} : { Value: userData } }),
});

/** What acts on an instance's interface stands for that one; with several it is not clear which. */
function onlyInterface(call: Ec2Call, { id }: Instance): NetworkInterface {
  const [only, ...more] = interfacesOf(call, id);
  if (only && more.length === 0) return only;
  throw awsError(
    'InvalidInstanceID',
    `There are multiple interfaces attached to instance '${id}'. Please specify an interface ID for the operation instead.`,
  );
}

function requireStopped({ id, state }: Instance, attribute: string) {
  if (state === 'stopped') return;
  throw awsError(
    'IncorrectInstanceState',
    `The instance '${id}' is not in the 'stopped' state; ${attribute} cannot be modified.`, // text unverified
  );
}

type Writer = (instance: Instance, input: ModifyInstanceAttributeRequest, call: Ec2Call) => void;

/** Each changes one attribute; the input's member of that name is there. */
const writers: Partial<Record<keyof ModifyInstanceAttributeRequest, Writer>> = {
  BlockDeviceMappings: keepVolumes,
  DisableApiStop: (instance, { DisableApiStop: { Value } = {} }) => {
    instance.disableApiStop = Value ?? instance.disableApiStop;
  },
  DisableApiTermination: (instance, { DisableApiTermination: { Value } = {} }) => {
    instance.disableApiTermination = Value ?? instance.disableApiTermination;
  },
  EbsOptimized: (instance, { EbsOptimized: { Value } = {} }) => {
    requireStopped(instance, 'ebsOptimized');
    instance.ebsOptimized = Value ?? instance.ebsOptimized;
  },
  Groups: (instance, { Groups = [] }, call) => {
    const card = onlyInterface(call, instance);
    if (Groups.length === 0) throw missing('groupId');
    card.groupIds = checkedGroups(call, card.vpcId, Groups);
    announce(call, 'UPDATE', ['network-interface', card.id]);
  },
  InstanceInitiatedShutdownBehavior: (instance, input) => {
    const { Value } = input.InstanceInitiatedShutdownBehavior ?? {};
    if (Value !== 'stop' && Value !== 'terminate')
      throw invalid(`Invalid value '${Value}' for InstanceInitiatedShutdownBehavior.`); // text unverified
    instance.shutdownBehavior = Value;
  },
  InstanceType: (instance, { InstanceType: { Value = '' } = {} }) => {
    requireStopped(instance, 'instanceType');
    const known: string[] = Object.values(_InstanceType);
    if (!known.includes(Value)) throw invalid(`Invalid value '${Value}' for InstanceType.`);
    instance.instanceType = Value;
  },
  SourceDestCheck: (instance, { SourceDestCheck: { Value } = {} }, call) => {
    const card = onlyInterface(call, instance);
    card.sourceDestCheck = Value ?? card.sourceDestCheck;
    announce(call, 'UPDATE', ['network-interface', card.id]);
  },
  UserData: (instance, { UserData: { Value } = {} }) => {
    requireStopped(instance, 'userData');
    instance.userData = Buffer.from(Value ?? []).toString('base64');
  },
};

function keepVolumes(
  instance: Instance,
  { BlockDeviceMappings = [] }: ModifyInstanceAttributeRequest,
  call: Ec2Call,
) {
  const shown = blockDevicesOf(call, instance);
  for (const { DeviceName, Ebs } of BlockDeviceMappings) {
    const id = shown.find((each) => each.DeviceName === DeviceName)?.Ebs.VolumeId;
    if (id === undefined)
      throw awsError(
        'InvalidInstanceAttributeValue',
        `No device is currently mapped at ${DeviceName}`,
      );
    const { attachment } = find(call, 'volume', id);
    if (attachment)
      attachment.deleteOnTermination = Ebs?.DeleteOnTermination ?? attachment.deleteOnTermination;
  }
}

/** `Attribute` and `Value`, the older way to say it, as the member of that name. */
function inMembers({ Attribute, Value, ...input }: ModifyInstanceAttributeRequest) {
  if (Attribute === undefined) return input;
  const name = `${Attribute.charAt(0).toUpperCase()}${Attribute.slice(1)}`;
  const isSwitch = Value === 'true' || Value === 'false';
  return { ...input, [name]: { Value: isSwitch ? Value === 'true' : Value } };
}

function writerFor(input: ModifyInstanceAttributeRequest): Writer {
  const { InstanceId: _id, DryRun: _dryRun, ...attributes } = input;
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const [first, ...more] = given.map(([name]) => name as keyof ModifyInstanceAttributeRequest);
  // Texts as ModifyVpcAttribute has them; not verified for instances.
  if (!first) throw awsError('InvalidParameterCombination', 'No attributes specified');
  if (more.length)
    throw awsError('InvalidParameterCombination', 'Fields for multiple attribute types specified');
  const writer = writers[first];
  if (!writer)
    throw awsError('UnsupportedOperation', `The instance attribute ${first} is not emulated.`);
  return writer;
}

export const instanceAttributes = {
  DescribeInstanceAttribute({ InstanceId, Attribute }, call) {
    const instance = find(call, 'instance', InstanceId);
    if (!Attribute) throw missing('attribute');
    const reader = Object.hasOwn(readers, Attribute) ? readers[Attribute] : undefined;
    if (!reader)
      throw awsError(
        'UnsupportedOperation',
        `The instance attribute ${Attribute} is not emulated.`,
      );
    return { InstanceId: instance.id, ...reader(instance, call) };
  },

  ModifyInstanceAttribute(request, call) {
    const instance = find(call, 'instance', request.InstanceId);
    const input = inMembers(request);
    const write = writerFor(input);
    if (isGone(instance)) throw wrongState(instance.id);
    write(instance, input, call);
    announce(call, 'UPDATE', ['instance', instance.id]);
  },

  ModifyInstanceMetadataOptions({ InstanceId, DryRun: _dryRun, ...options }, call) {
    const instance = find(call, 'instance', InstanceId);
    if (isGone(instance)) throw wrongState(instance.id);
    instance.metadata = metadataOf(options, instance.metadata);
    announce(call, 'UPDATE', ['instance', instance.id]);
    return {
      InstanceId: instance.id,
      InstanceMetadataOptions: { State: 'pending', ...instance.metadata },
    };
  },
} satisfies Ec2Handlers;
