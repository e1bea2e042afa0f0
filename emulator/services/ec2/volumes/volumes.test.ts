import { EC2 } from '@aws-sdk/client-ec2';
import { emulated } from '../../../../test/support/emulated';

async function connect() {
  const lab = emulated();
  const ec2 = lab.client(EC2);
  const { Instances: [instance] = [] } = await ec2.runInstances({
    ImageId: 'ami-0123456789abcdef0',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    BlockDeviceMappings: [
      { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 20, VolumeType: 'gp3', Encrypted: true } },
    ],
  });
  const InstanceId = instance?.InstanceId ?? '';
  await lab.clock.advance('2s');
  const volumeAt = async (device: string) => {
    const { Volumes: [volume] = [] } = await ec2.describeVolumes({
      Filters: [{ Name: 'attachment.device', Values: [device] }],
    });
    return volume ?? {};
  };
  return { ...lab, ec2, InstanceId, volumeAt };
}

test('snapshots of an instance’s volumes begin together, carry tags and complete on the clock', async () => {
  const { ec2, InstanceId, volumeAt, clock } = await connect();
  const { VolumeId: root } = await volumeAt('/dev/xvda');
  const { VolumeId: data } = await volumeAt('/dev/sdf');
  await ec2.createTags({ Resources: [data ?? ''], Tags: [{ Key: 'disk', Value: 'data' }] });

  const { Snapshots: begun } = await ec2.createSnapshots({
    InstanceSpecification: { InstanceId },
    Description: 'evidence',
    CopyTagsFromSource: 'volume',
    TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'finding', Value: 'f1' }] }],
  });
  expect(begun).toMatchObject([
    { VolumeId: root, State: 'pending', Encrypted: false, VolumeSize: 8 },
    { VolumeId: data, State: 'pending', Encrypted: true, VolumeSize: 20 },
  ]);

  await clock.advance('10s');

  const { Snapshots: found } = await ec2.describeSnapshots({
    OwnerIds: ['self'],
    Filters: [
      { Name: 'tag:finding', Values: ['f1'] },
      { Name: 'status', Values: ['completed'] },
    ],
  });
  expect(found?.map(({ Progress, Tags }) => [Progress, Tags])).toEqual([
    ['100%', [{ Key: 'finding', Value: 'f1' }]],
    [
      '100%',
      [
        { Key: 'disk', Value: 'data' },
        { Key: 'finding', Value: 'f1' },
      ],
    ],
  ]);
  await expect(
    ec2.createSnapshots({ InstanceSpecification: { InstanceId, ExcludeBootVolume: true } }),
  ).resolves.toMatchObject({ Snapshots: [{ VolumeId: data }] });
});

test('a snapshot of one volume ends with an event, becomes a volume, and is deleted (text unverified)', async () => {
  const { ec2, volumeAt, clock, core } = await connect();
  const events: object[] = [];
  core.feed.emit = (event) => void events.push(event);
  const { VolumeId } = await volumeAt('/dev/sdf');
  const { SnapshotId } = await ec2.createSnapshot({ VolumeId, Description: 'before' });
  const copy = { AvailabilityZone: 'us-east-1b', SnapshotId };
  await expect(ec2.createVolume(copy)).rejects.toMatchObject({ name: 'IncorrectState' });

  await clock.advance('10s');

  expect(events).toMatchObject([
    {
      source: 'aws.ec2',
      detailType: 'EBS Snapshot Notification',
      detail: {
        event: 'createSnapshot',
        result: 'succeeded',
        snapshot_id: `arn:aws:ec2::us-east-1:snapshot/${SnapshotId}`,
        source: `arn:aws:ec2::us-east-1:volume/${VolumeId}`,
      },
    },
  ]);
  await expect(ec2.createVolume({ ...copy, Size: 10 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: `Volume of 10GiB is smaller than snapshot '${SnapshotId}', expect size >= 20GiB`,
  });
  await expect(ec2.createVolume(copy)).resolves.toMatchObject({ Size: 20, Encrypted: true });
  await ec2.deleteSnapshot({ SnapshotId });
  await expect(ec2.deleteSnapshot({ SnapshotId })).rejects.toMatchObject({
    name: 'InvalidSnapshot.NotFound',
  });
});

test('a volume is attached in its own zone, stays when its instance goes, and is deleted when free (texts unverified)', async () => {
  const { ec2, InstanceId, volumeAt, clock } = await connect();
  const near = await ec2.createVolume({ AvailabilityZone: 'us-east-1a', Size: 100 });
  const far = await ec2.createVolume({ AvailabilityZone: 'us-east-1b', Size: 1 });
  expect(near).toMatchObject({ State: 'creating', VolumeType: 'gp2', Iops: 300 });
  const place = { InstanceId, Device: '/dev/sdg' };

  await expect(ec2.attachVolume({ ...place, VolumeId: far.VolumeId })).rejects.toMatchObject({
    name: 'InvalidVolume.ZoneMismatch',
  });
  await expect(
    ec2.attachVolume({ InstanceId, VolumeId: near.VolumeId, Device: '/dev/sdf' }),
  ).rejects.toMatchObject({
    message: "Invalid value '/dev/sdf' for unixDevice. Attachment point /dev/sdf is already in use",
  });
  await ec2.attachVolume({ ...place, VolumeId: near.VolumeId });
  await expect(ec2.deleteVolume({ VolumeId: near.VolumeId })).rejects.toMatchObject({
    name: 'VolumeInUse',
  });
  const { VolumeId: root } = await volumeAt('/dev/xvda');
  await expect(ec2.detachVolume({ VolumeId: root })).rejects.toMatchObject({
    name: 'OperationNotPermitted',
    message: `Unable to detach root volume '${root}' from instance '${InstanceId}'`,
  });
  const { VolumeId: data } = await volumeAt('/dev/sdf');
  await ec2.detachVolume({ VolumeId: data });
  await expect(ec2.detachVolume({ VolumeId: data })).rejects.toMatchObject({
    name: 'IncorrectState',
  });

  await ec2.terminateInstances({ InstanceIds: [InstanceId] });
  await clock.advance('2s');

  const { Volumes } = await ec2.describeVolumes({});
  expect(Volumes?.map(({ VolumeId, State }) => [VolumeId, State])).toEqual([
    [data, 'available'],
    [near.VolumeId, 'available'],
    [far.VolumeId, 'available'],
  ]);
  await ec2.deleteVolume({ VolumeId: near.VolumeId });
  await expect(ec2.describeVolumes({ VolumeIds: [near.VolumeId ?? ''] })).rejects.toMatchObject({
    name: 'InvalidVolume.NotFound',
  });
});

test('a volume grows, and never shrinks', async () => {
  const ec2 = emulated().client(EC2);
  const { VolumeId } = await ec2.createVolume({ AvailabilityZone: 'us-east-1a', Size: 10 });

  await expect(ec2.modifyVolume({ VolumeId, Size: 20, VolumeType: 'gp3' })).resolves.toMatchObject({
    VolumeModification: { OriginalSize: 10, TargetSize: 20, TargetIops: 3000 },
  });
  await expect(ec2.modifyVolume({ VolumeId, Size: 5 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

test.each([
  [{ Size: 1 }, 'MissingParameter'],
  [{ AvailabilityZone: 'us-east-1a' }, 'MissingParameter'],
  [{ AvailabilityZone: 'us-east-1z', Size: 1 }, 'InvalidZone.NotFound'],
  [{ AvailabilityZone: 'us-east-1a', Size: 1, VolumeType: 'st1' }, 'InvalidParameterValue'],
  [{ AvailabilityZone: 'us-east-1a', Size: 10, VolumeType: 'io2' }, 'MissingParameter'],
  [
    { AvailabilityZone: 'us-east-1a', Size: 10, VolumeType: 'gp2', Iops: 500 },
    'InvalidParameterCombination',
  ],
  [{ AvailabilityZone: 'us-east-1a', Size: 1, KmsKeyId: 'k' }, 'InvalidParameterDependency'],
  [{ AvailabilityZone: 'us-east-1a', Size: 1, MultiAttachEnabled: true }, 'UnsupportedOperation'],
])('a volume of %j is refused: %s', async (input, name) => {
  const ec2 = emulated().client(EC2);

  await expect(ec2.createVolume(input as never)).rejects.toMatchObject({ name });
});
