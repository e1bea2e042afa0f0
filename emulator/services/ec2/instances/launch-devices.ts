import { awsError } from '../../../errors';
import { add, find, missing, newId } from '../kinds';
import type { Ec2Call } from '../state';
import { keyArnOf } from '../volumes/encryption';
import { checkedSpecification } from '../volumes/specification';
import type { Snapshot, Volume } from '../volumes/volume';
import type { LaunchData } from './instance';

/** Root devices as images name them; which image it is makes no difference here. */
const rootDevices = ['/dev/xvda', '/dev/sda1'];
/** GiB, of a root volume whose size nobody names. */
const rootSize = 8;

type Mapping = NonNullable<LaunchData['BlockDeviceMappings']>[number];

/** A volume that an instance is to have. */
export interface PlannedDevice {
  device: string;
  deleteOnTermination: boolean;
  volume: Pick<
    Volume,
    'size' | 'type' | 'iops' | 'throughput' | 'encrypted' | 'keyArn' | 'snapshotId'
  >;
}

export interface DevicePlan {
  rootDevice: string;
  devices: PlannedDevice[];
}

function checkMapping({ DeviceName, VirtualName }: Mapping): string {
  if (!DeviceName) throw missing('deviceName');
  if (VirtualName)
    throw awsError(
      'UnsupportedOperation',
      'Instance store volumes (VirtualName) are not emulated.',
    );
  return DeviceName;
}

/** A root volume has a size and a type when nobody says so. */
const defaultsFor = (isRoot: boolean) => (isRoot ? { size: rootSize, type: 'gp3' } : {});

function specificationOf(
  ebs: NonNullable<Mapping['Ebs']>,
  snapshot: Snapshot | undefined,
  isRoot: boolean,
) {
  const defaults: { size?: number; type?: string } = defaultsFor(isRoot);
  const { VolumeType: type = defaults.type, Iops: iops, Throughput: throughput } = ebs;
  const size = ebs.VolumeSize ?? snapshot?.size ?? defaults.size;
  if (size === undefined) throw missing('size/snapshot');
  return checkedSpecification({ size, type, iops, throughput });
}

async function planned(call: Ec2Call, mapping: Mapping, isRoot: boolean): Promise<PlannedDevice> {
  const device = checkMapping(mapping);
  const { Ebs = {} } = mapping;
  const snapshot = Ebs.SnapshotId ? find(call, 'snapshot', Ebs.SnapshotId) : undefined;
  return {
    device,
    deleteOnTermination: Ebs.DeleteOnTermination ?? isRoot,
    volume: {
      ...specificationOf(Ebs, snapshot, isRoot),
      ...(await keyArnOf(call, Ebs, snapshot)),
      ...(snapshot ? { snapshotId: snapshot.id } : {}),
    },
  };
}

/** The volumes of a launch, the root volume first. */
export async function planDevices(
  call: Ec2Call,
  { BlockDeviceMappings = [] }: LaunchData,
): Promise<DevicePlan> {
  const wanted = BlockDeviceMappings.filter(({ NoDevice }) => NoDevice === undefined);
  const rootDevice =
    rootDevices.find((name) => wanted.some(({ DeviceName }) => DeviceName === name)) ?? '/dev/xvda';
  const root = wanted.find(({ DeviceName }) => DeviceName === rootDevice);
  const devices = [await planned(call, root ?? { DeviceName: rootDevice }, true)];
  for (const mapping of wanted)
    if (mapping !== root) devices.push(await planned(call, mapping, false));
  return { rootDevice, devices };
}

/** Makes the volumes of one instance, attached. */
export function giveVolumes(
  call: Ec2Call,
  { id, zone }: { id: string; zone: string },
  devices: PlannedDevice[],
): Volume[] {
  const createdAt = call.now();
  return devices.map(({ device, deleteOnTermination, volume }) =>
    add(call, 'volume', {
      id: newId(call, 'vol'),
      createdAt,
      availabilityZone: zone,
      ...volume,
      attachment: { instanceId: id, device, attachedAt: createdAt, deleteOnTermination },
    }),
  );
}
