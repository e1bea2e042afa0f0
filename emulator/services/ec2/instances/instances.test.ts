import { EC2, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { emulated } from '../../../../test/support/emulated';

const image = 'ami-0123456789abcdef0';

function connect() {
  const lab = emulated();
  const ec2 = lab.client(EC2);
  const run = async (more: Partial<RunInstancesCommandInput> = {}) => {
    const input = { ImageId: image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, ...more };
    const { Instances: [instance = {}] = [] } = await ec2.runInstances(input as never);
    return instance;
  };
  const look = async (InstanceId: string | undefined) => {
    const { Reservations } = await ec2.describeInstances({ InstanceIds: [InstanceId ?? ''] });
    return Reservations?.[0]?.Instances?.[0];
  };
  const network = async () => {
    const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
    const { GroupId: group = '' } = await ec2.createSecurityGroup({
      GroupName: 'web',
      Description: 'web',
      VpcId: vpc?.VpcId,
    });
    const { Subnets: [subnet] = [] } = await ec2.describeSubnets({});
    return { group, SubnetId: subnet?.SubnetId, vpcId: vpc?.VpcId };
  };
  return { ...lab, ec2, run, look, network };
}

describe('an instance', () => {
  test('runs in the default VPC after a moment, with an interface, a root volume and tags', async () => {
    const { ec2, run, look, clock } = connect();
    const { InstanceId, State } = await run({
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] },
        { ResourceType: 'volume', Tags: [{ Key: 'disk', Value: 'root' }] },
      ],
      UserData: 'ZWNobw==',
    });
    expect(InstanceId).toMatch(/^i-[0-9a-f]{17}$/);
    expect(State).toEqual({ Code: 0, Name: 'pending' });

    await clock.advance('2s');

    const instance = await look(InstanceId);
    expect(instance).toMatchObject({
      State: { Code: 16, Name: 'running' },
      ImageId: image,
      InstanceType: 't3.micro',
      PrivateIpAddress: '172.31.0.4',
      PrivateDnsName: 'ip-172-31-0-4.ec2.internal',
      PublicIpAddress: expect.stringMatching(/^198\.1[89]\./) as string,
      SecurityGroups: [{ GroupName: 'default' }],
      NetworkInterfaces: [{ Status: 'in-use', Attachment: { DeviceIndex: 0 } }],
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: true } }],
      Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
      Tags: [{ Key: 'Name', Value: 'web' }],
    });
    const { Volumes } = await ec2.describeVolumes({
      Filters: [{ Name: 'attachment.instance-id', Values: [InstanceId ?? ''] }],
    });
    expect(Volumes).toMatchObject([
      { Size: 8, VolumeType: 'gp3', Iops: 3000, State: 'in-use', Tags: [{ Key: 'disk' }] },
    ]);
    await expect(
      ec2.describeInstanceAttribute({ InstanceId, Attribute: 'userData' }),
    ).resolves.toMatchObject({ UserData: { Value: 'ZWNobw==' } });
  });

  test('stops, starts and terminates on the clock, and tells the default bus each time', async () => {
    const { ec2, run, look, clock, core } = connect();
    const states: unknown[] = [];
    core.watchers.add((happening) => {
      if ('operation' in happening && happening.operation === 'PutEvents') states.push(happening);
    });
    const { InstanceId = '' } = await run();
    const InstanceIds = [InstanceId];
    await expect(ec2.stopInstances({ InstanceIds })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    await clock.advance('2s');

    await ec2.rebootInstances({ InstanceIds });
    await expect(ec2.stopInstances({ InstanceIds })).resolves.toMatchObject({
      StoppingInstances: [
        { CurrentState: { Name: 'stopping' }, PreviousState: { Name: 'running' } },
      ],
    });
    await expect(ec2.startInstances({ InstanceIds })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    await clock.advance('2s');
    expect(await look(InstanceId)).toMatchObject({
      State: { Code: 80, Name: 'stopped' },
      StateTransitionReason: 'User initiated (2026-01-01 00:00:02 GMT)',
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
    });
    await ec2.startInstances({ InstanceIds });
    await clock.advance('2s');
    expect((await look(InstanceId))?.State?.Name).toBe('running');

    await ec2.terminateInstances({ InstanceIds });
    await clock.advance('2s');
    expect(await look(InstanceId)).toMatchObject({
      State: { Code: 48, Name: 'terminated' },
      NetworkInterfaces: [],
      BlockDeviceMappings: [],
    });
    await expect(ec2.describeVolumes({})).resolves.toMatchObject({ Volumes: [] });
    await expect(ec2.startInstances({ InstanceIds })).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    expect(states).toHaveLength(8);

    await clock.advance('1h');
    await expect(look(InstanceId)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  test('is the source of state-change events with AWS’s detail', async () => {
    const { run, clock, core } = connect();
    const events: { detailType?: string; detail?: object }[] = [];
    core.feed.emit = (event) => void events.push(event);
    const { InstanceId } = await run();
    await clock.advance('2s');

    expect(events).toEqual(
      ['pending', 'running'].map((state) => ({
        source: 'aws.ec2',
        detailType: 'EC2 Instance State-change Notification',
        resources: [`arn:aws:ec2:us-east-1:000000000000:instance/${InstanceId}`],
        detail: { 'instance-id': InstanceId, state },
      })),
    );
  });

  test('under termination protection is not terminated, nor stopped under stop protection (text unverified)', async () => {
    const { ec2, run, look, clock } = connect();
    const { InstanceId = '' } = await run();
    await clock.advance('2s');
    await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value: true } });
    await ec2.modifyInstanceAttribute({
      InstanceId,
      Attribute: 'disableApiStop',
      Value: 'true',
    });

    await expect(ec2.terminateInstances({ InstanceIds: [InstanceId] })).rejects.toMatchObject({
      name: 'OperationNotPermitted',
    });
    await expect(ec2.stopInstances({ InstanceIds: [InstanceId] })).rejects.toMatchObject({
      name: 'OperationNotPermitted',
      message: `The instance '${InstanceId}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    });
    expect((await look(InstanceId))?.State?.Name).toBe('running');
  });

  test('of another zone than the protected one goes all the same', async () => {
    const { ec2, run, look } = connect();
    const { InstanceId: guarded = '' } = await run({ DisableApiTermination: true });
    const { InstanceId: other = '' } = await run({
      Placement: { AvailabilityZone: 'us-east-1b' },
    });

    await expect(ec2.terminateInstances({ InstanceIds: [guarded, other] })).rejects.toMatchObject({
      name: 'OperationNotPermitted',
    });

    expect((await look(guarded))?.State?.Name).toBe('pending');
    expect((await look(other))?.State?.Name).toBe('shutting-down');
  });

  test.each([
    [
      'an unknown id',
      ['i-0123456789abcdef0'],
      'InvalidInstanceID.NotFound',
      "The instance ID 'i-0123456789abcdef0' does not exist",
    ],
    [
      'two unknown ids',
      ['i-99999999', 'i-88888888'],
      'InvalidInstanceID.NotFound',
      "The instance IDs 'i-99999999, i-88888888' do not exist",
    ],
    ['a malformed id', ['i-1'], 'InvalidInstanceID.Malformed', 'Invalid id: "i-1"'],
  ])(
    'that is asked for by %s is not there (moto ec2/exceptions.py, malformed unverified)',
    async (...[, InstanceIds, name, message]) => {
      const { ec2 } = connect();

      await expect(ec2.describeInstances({ InstanceIds })).rejects.toMatchObject({ name, message });
      await expect(ec2.stopInstances({ InstanceIds })).rejects.toMatchObject({ name, message });
    },
  );

  test('launched twice with one client token is one instance; a dry run launches none', async () => {
    const { ec2, run } = connect();
    const first = await run({ ClientToken: 'once' });
    const second = await run({ ClientToken: 'once' });
    await expect(run({ DryRun: true })).rejects.toMatchObject({ name: 'DryRunOperation' });

    expect(second.InstanceId).toBe(first.InstanceId);
    await expect(ec2.describeInstances({})).resolves.toMatchObject({
      Reservations: [{ Instances: [{ InstanceId: first.InstanceId }] }],
    });
  });

  test.each([
    [{ ImageId: 'al2023' }, 'InvalidAMIID.Malformed'],
    [{ InstanceType: 't9.huge' }, 'InvalidParameterValue'],
    [{ SubnetId: 'subnet-0123456789abcdef0' }, 'InvalidSubnetID.NotFound'],
    [{ SecurityGroupIds: ['sg-0123456789abcdef0'] }, 'InvalidGroup.NotFound'],
    [{ IamInstanceProfile: { Name: 'nobody' } }, 'InvalidParameterValue'],
    [{ HibernationOptions: { Configured: true } }, 'UnsupportedOperation'],
    [{ MinCount: 2 }, 'InvalidParameterValue'],
  ])('asked for with %j is refused, and nothing is left of it', async (more, name) => {
    const { ec2, run } = connect();

    await expect(run(more as never)).rejects.toMatchObject({ name });

    await expect(ec2.describeNetworkInterfaces({})).resolves.toMatchObject({
      NetworkInterfaces: [],
    });
  });

  test('is found by filters and counted by its reservation', async () => {
    const { ec2, run } = connect();
    await run({
      MinCount: 2,
      MaxCount: 2,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'app', Value: 'shop' }] }],
    });
    await run();

    const { Reservations } = await ec2.describeInstances({
      Filters: [
        { Name: 'tag:app', Values: ['shop'] },
        { Name: 'instance-state-name', Values: ['pending'] },
      ],
    });

    expect(Reservations).toHaveLength(1);
    expect(Reservations?.[0]?.Instances?.map(({ AmiLaunchIndex }) => AmiLaunchIndex)).toEqual([
      0, 1,
    ]);
    await expect(
      ec2.describeInstances({ Filters: [{ Name: 'colour', Values: ['red'] }] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('reports its checks, and only while it runs unless all are asked for', async () => {
    const { ec2, run, clock } = connect();
    const { InstanceId } = await run();
    await expect(ec2.describeInstanceStatus({})).resolves.toMatchObject({ InstanceStatuses: [] });
    await expect(ec2.describeInstanceStatus({ IncludeAllInstances: true })).resolves.toMatchObject({
      InstanceStatuses: [{ InstanceStatus: { Status: 'initializing' } }],
    });

    await clock.advance('2s');

    await expect(ec2.describeInstanceStatus({})).resolves.toMatchObject({
      InstanceStatuses: [
        {
          InstanceId,
          InstanceState: { Name: 'running' },
          SystemStatus: {
            Status: 'ok',
            Details: [{ Name: 'reachability', Status: 'passed' }],
          },
        },
      ],
    });
  });
});

describe('the attributes of an instance', () => {
  test('change one at a time, some of them only while it is stopped', async () => {
    const { ec2, run, look, clock } = connect();
    const { InstanceId } = await run();
    await clock.advance('2s');

    await ec2.modifyInstanceAttribute({
      InstanceId,
      InstanceInitiatedShutdownBehavior: { Value: 'terminate' },
    });
    await expect(
      ec2.describeInstanceAttribute({ InstanceId, Attribute: 'instanceInitiatedShutdownBehavior' }),
    ).resolves.toMatchObject({ InstanceInitiatedShutdownBehavior: { Value: 'terminate' } });
    await expect(
      ec2.modifyInstanceAttribute({ InstanceId, InstanceType: { Value: 't3.large' } }),
    ).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
    await expect(ec2.modifyInstanceAttribute({ InstanceId })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await expect(
      ec2.modifyInstanceAttribute({ InstanceId, EnaSupport: { Value: true } }),
    ).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    });
    await ec2.modifyInstanceMetadataOptions({ InstanceId, HttpTokens: 'required' });
    await ec2.monitorInstances({ InstanceIds: [InstanceId ?? ''] });

    expect(await look(InstanceId)).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' },
      Monitoring: { State: 'enabled' },
    });
    await ec2.unmonitorInstances({ InstanceIds: [InstanceId ?? ''] });
    expect((await look(InstanceId))?.Monitoring?.State).toBe('disabled');
  });

  test('replace the groups of an only interface, and refuse to guess among several (text unverified)', async () => {
    const { ec2, run, look, network } = connect();
    const { group, SubnetId } = await network();
    const { InstanceId: one } = await run();
    const { InstanceId: two } = await run({
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId, Groups: [group] },
        { DeviceIndex: 1, SubnetId },
      ],
    });

    await ec2.modifyInstanceAttribute({ InstanceId: one, Groups: [group] });

    expect((await look(one))?.SecurityGroups).toEqual([{ GroupId: group, GroupName: 'web' }]);
    await expect(
      ec2.modifyInstanceAttribute({ InstanceId: two, Groups: [group] }),
    ).rejects.toMatchObject({
      name: 'InvalidInstanceID',
      message: `There are multiple interfaces attached to instance '${two}'. Please specify an interface ID for the operation instead.`,
    });
  });

  test('carry an instance profile that is there, and let it be changed', async () => {
    const { ec2, run, look, client } = connect();
    const iam = client(IAM);
    const { InstanceProfile } = await iam.createInstanceProfile({ InstanceProfileName: 'web' });
    const { InstanceId } = await run({ IamInstanceProfile: { Name: 'web' } });
    expect((await look(InstanceId))?.IamInstanceProfile).toEqual({
      Arn: InstanceProfile?.Arn,
      Id: InstanceProfile?.InstanceProfileId,
    });

    const { IamInstanceProfileAssociations: [association] = [] } =
      await ec2.describeIamInstanceProfileAssociations({
        Filters: [{ Name: 'instance-id', Values: [InstanceId ?? ''] }],
      });
    await ec2.disassociateIamInstanceProfile({ AssociationId: association?.AssociationId });
    expect((await look(InstanceId))?.IamInstanceProfile).toBeUndefined();

    await ec2.associateIamInstanceProfile({ InstanceId, IamInstanceProfile: { Name: 'web' } });
    await expect(
      ec2.associateIamInstanceProfile({ InstanceId, IamInstanceProfile: { Name: 'web' } }),
    ).rejects.toMatchObject({ name: 'IncorrectState' });
  });
});

describe('network interfaces of an instance', () => {
  test('can be several, each in its own groups, and keep a group from being deleted', async () => {
    const { ec2, run, look, network, clock } = connect();
    const { group, SubnetId } = await network();
    const { NetworkInterface: { NetworkInterfaceId } = {} } = await ec2.createNetworkInterface({
      SubnetId,
      Groups: [group],
    });
    const { InstanceId = '' } = await run({
      NetworkInterfaces: [
        { DeviceIndex: 1, NetworkInterfaceId },
        { DeviceIndex: 0, SubnetId, Description: 'primary' },
      ],
    });

    expect((await look(InstanceId))?.NetworkInterfaces).toMatchObject([
      { Description: 'primary', Groups: [{ GroupName: 'default' }] },
      { NetworkInterfaceId, Groups: [{ GroupName: 'web' }], Attachment: { DeviceIndex: 1 } },
    ]);
    await expect(ec2.deleteSecurityGroup({ GroupId: group })).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await expect(ec2.deleteNetworkInterface({ NetworkInterfaceId })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(
      ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups: [] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });

    await ec2.terminateInstances({ InstanceIds: [InstanceId] });
    await clock.advance('2s');
    await expect(ec2.describeNetworkInterfaces({})).resolves.toMatchObject({
      NetworkInterfaces: [{ NetworkInterfaceId, Status: 'available' }],
    });
  });

  test('come and go while it runs, but for the first (text unverified)', async () => {
    const { ec2, run, look, network } = connect();
    const { SubnetId } = await network();
    const { InstanceId } = await run({ SubnetId });
    const { NetworkInterface: { NetworkInterfaceId } = {} } = await ec2.createNetworkInterface({
      SubnetId,
    });
    const place = { InstanceId, NetworkInterfaceId };

    await expect(ec2.attachNetworkInterface({ ...place, DeviceIndex: 0 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    const { AttachmentId } = await ec2.attachNetworkInterface({ ...place, DeviceIndex: 1 });
    await expect(ec2.attachNetworkInterface({ ...place, DeviceIndex: 2 })).rejects.toMatchObject({
      name: 'InvalidNetworkInterface.InUse',
    });
    expect((await look(InstanceId))?.NetworkInterfaces).toHaveLength(2);
    await ec2.modifyNetworkInterfaceAttribute({
      NetworkInterfaceId,
      Attachment: { AttachmentId, DeleteOnTermination: true },
    });
    await expect(
      ec2.describeNetworkInterfaces({
        Filters: [{ Name: 'attachment.delete-on-termination', Values: ['true'] }],
      }),
    ).resolves.toMatchObject({ NetworkInterfaces: [{}, { NetworkInterfaceId }] });

    await ec2.detachNetworkInterface({ AttachmentId });
    const instance = await look(InstanceId);
    expect(instance?.NetworkInterfaces).toHaveLength(1);
    await expect(
      ec2.detachNetworkInterface({
        AttachmentId: instance?.NetworkInterfaces?.[0]?.Attachment?.AttachmentId,
      }),
    ).rejects.toMatchObject({ name: 'OperationNotPermitted' });
  });

  test('take no group of another VPC', async () => {
    const { ec2, run, network } = connect();
    const { SubnetId } = await network();
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const { GroupId: other = '' } = await ec2.createSecurityGroup({
      GroupName: 'other',
      Description: 'other',
      VpcId: Vpc?.VpcId,
    });
    const { InstanceId, NetworkInterfaces: [card] = [] } = await run({ SubnetId });

    await expect(
      ec2.modifyNetworkInterfaceAttribute({
        NetworkInterfaceId: card?.NetworkInterfaceId,
        Groups: [other],
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(
      ec2.modifyInstanceAttribute({ InstanceId, Groups: [other] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

test('a launch asks for what it makes, for what it uses, for its tags and for its role', async () => {
  const { run, client } = connect();
  const iam = client(IAM);
  await iam.createUser({ UserName: 'ops' });
  await iam.putUserPolicy({
    UserName: 'ops',
    PolicyName: 'run',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['ec2:RunInstances', 'ec2:StopInstances'],
          Resource: '*',
          Condition: { StringEqualsIfExists: { 'ec2:ResourceTag/team': 'shop' } },
        },
      ],
    }),
  });
  await iam.createRole({
    RoleName: 'web',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await iam.createInstanceProfile({ InstanceProfileName: 'web' });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: 'web', RoleName: 'web' });
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ops' });
  const ops = client(EC2, { credentials: AccessKey });
  const input = { ImageId: image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 } as const;
  const { InstanceId: foreign = '' } = await run({
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'data' }] }],
  });

  await expect(ops.runInstances(input)).resolves.toBeDefined();
  await expect(
    ops.runInstances({
      ...input,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }],
    }),
  ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  await expect(
    ops.runInstances({ ...input, IamInstanceProfile: { Name: 'web' } }),
  ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  await expect(ops.stopInstances({ InstanceIds: [foreign] })).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});
