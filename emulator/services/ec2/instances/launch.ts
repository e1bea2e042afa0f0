import type { ResourceType, RunInstancesRequest, TagSpecification } from '@aws-sdk/client-ec2';
import { _InstanceType } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { add, invalid, missing, newId } from '../kinds';
import type { Ec2Call, Ec2Handlers } from '../state';
import { addTags, putSystemTags, tagsByType } from '../tagging';
import { describeInstance } from './describe';
import type { Instance } from './instance';
import { forgetTerminated } from './known';
import { countOf, type Launch, launchOf, templateTags } from './launch-data';
import { type DevicePlan, giveVolumes, planDevices } from './launch-devices';
import { giveInterfaces, type PlannedInterface, planInterfaces } from './launch-interfaces';
import { metadataOf } from './metadata';
import { type Profile, profileBy } from './profile';
import { enter } from './transitions';

const taggable = ['instance', 'volume', 'network-interface'] as const;

type Tags = ReturnType<typeof tagsByType<(typeof taggable)[number]>>;

interface Plan {
  launch: Launch;
  interfaces: PlannedInterface[];
  devices: DevicePlan;
  tags: Tags;
  profile: Profile | undefined;
  templateTags: Record<string, string>;
  reservationId: string;
  clientToken: string;
}

function checkedImage({ ImageId: id }: Launch): string {
  if (!id) throw missing('ImageId');
  if (/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) return id;
  throw awsError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
}

const types = new Set<string>(Object.values(_InstanceType));

function checkedType({ InstanceType: type = 'm1.small' }: Launch): string {
  if (types.has(type)) return type;
  throw invalid(`Invalid value '${type}' for InstanceType.`);
}

const tagsOf = ({ TagSpecifications }: Launch): Tags =>
  tagsByType(taggable, TagSpecifications as TagSpecification[]);

async function planFor(call: Ec2Call, request: RunInstancesRequest): Promise<Plan> {
  const launch = launchOf(call, request);
  checkedImage(launch);
  checkedType(launch);
  return {
    launch,
    tags: tagsOf(launch),
    interfaces: planInterfaces(call, launch),
    devices: await planDevices(call, launch),
    profile: await profileBy(call, launch.IamInstanceProfile),
    templateTags: templateTags(call, request.LaunchTemplate),
    reservationId: newId(call, 'r'),
    clientToken: request.ClientToken ?? '',
  };
}

const optional = <T extends object>(value: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;

const switches = (launch: Launch) => ({
  disableApiTermination: launch.DisableApiTermination ?? false,
  disableApiStop: launch.DisableApiStop ?? false,
  shutdownBehavior: launch.InstanceInitiatedShutdownBehavior ?? ('stop' as const),
  ebsOptimized: launch.EbsOptimized ?? false,
  monitored: launch.Monitoring?.Enabled ?? false,
});

function instanceOf(call: Ec2Call, plan: Plan, launchIndex: number): Instance {
  const { launch, interfaces, devices } = plan;
  const profile = plan.profile && { ...plan.profile, associationId: newId(call, 'iip-assoc') };
  const [primary] = interfaces;
  if (!primary) throw missing('subnetId');
  const now = call.now();
  return {
    id: newId(call, 'i'),
    createdAt: now,
    launchedAt: now,
    vpcId: primary.subnet.vpcId,
    subnetId: primary.subnet.id,
    imageId: checkedImage(launch),
    instanceType: checkedType(launch),
    state: 'pending',
    transitionReason: '',
    reservationId: plan.reservationId,
    launchIndex,
    clientToken: plan.clientToken,
    rootDevice: devices.rootDevice,
    devices: (launch.BlockDeviceMappings ?? []).map(({ DeviceName = '' }) => DeviceName),
    tenancy: launch.Placement?.Tenancy === 'dedicated' ? 'dedicated' : 'default',
    metadata: metadataOf(launch.MetadataOptions),
    ...switches(launch),
    ...optional({ keyName: launch.KeyName, userData: launch.UserData, profile }),
  };
}

function tag(call: Ec2Call, ids: string[], tags: Tags[ResourceType & keyof Tags]) {
  for (const id of ids) addTags(call, id, tags);
}

function launchOne(call: Ec2Call, plan: Plan, launchIndex: number): Instance {
  const instance = instanceOf(call, plan, launchIndex);
  const { tags, interfaces, devices } = plan;
  const zone = interfaces[0]?.subnet.availabilityZone ?? '';
  tag(call, [instance.id], tags.instance);
  putSystemTags(call, instance.id, plan.templateTags);
  add(call, 'instance', instance);
  const cards = giveInterfaces(call, instance.id, interfaces);
  const made = cards.filter((_card, index) => !interfaces[index]?.existing);
  tag(
    call,
    made.map(({ id }) => id),
    tags['network-interface'],
  );
  const volumes = giveVolumes(call, { id: instance.id, zone }, devices.devices);
  tag(
    call,
    volumes.map(({ id }) => id),
    tags.volume,
  );
  enter(call, instance, 'pending');
  return instance;
}

export const launching = {
  async RunInstances(request, call) {
    forgetTerminated(call);
    const count = countOf(request);
    const plan = await planFor(call, request);
    if (count > 1 && plan.interfaces.some(({ existing }) => existing))
      throw invalid('Multiple instances cannot be launched with one network interface'); // text unverified
    const launched = Array.from({ length: count }, (_, index) => launchOne(call, plan, index));
    return {
      ReservationId: plan.reservationId,
      OwnerId: call.accountId,
      Groups: [],
      Instances: launched.map((instance) => describeInstance(call, instance)),
    };
  },
} satisfies Ec2Handlers;
