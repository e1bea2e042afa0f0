import { scalingAccount } from '../../../test/support/scaling';

const shop = { AutoScalingGroupName: 'shop' };

describe('a group', () => {
  test('launches what it wants, balanced over its zones, as its template says', async () => {
    const { create, group } = await scalingAccount();

    await create({ DesiredCapacity: 2 });

    const found = await group();
    expect(found).toMatchObject({ DesiredCapacity: 2, MinSize: 0, MaxSize: 4 });
    expect(
      found?.Instances?.map(
        ({ AvailabilityZone, LifecycleState, HealthStatus, LaunchTemplate }) => [
          AvailabilityZone,
          LifecycleState,
          HealthStatus,
          LaunchTemplate?.Version,
        ],
      ),
    ).toEqual([
      ['us-east-1a', 'InService', 'Healthy', '1'],
      ['us-east-1b', 'InService', 'Healthy', '1'],
    ]);
  });

  test('marks its instances, and gives them the tags that are to go on', async () => {
    const { create, ec2 } = await scalingAccount();
    const tag = (Key: string, PropagateAtLaunch: boolean) => ({
      Key,
      Value: 'x',
      PropagateAtLaunch,
    });
    await create({ DesiredCapacity: 1, Tags: [tag('app', true), tag('owner', false)] });

    const { Tags } = await ec2.describeTags({
      Filters: [{ Name: 'resource-type', Values: ['instance'] }],
    });
    expect(Tags?.map(({ Key }) => Key)).toEqual([
      'app',
      'aws:autoscaling:groupName',
      'aws:ec2launchtemplate:id',
      'aws:ec2launchtemplate:version',
    ]);
  });

  test('tells in its activities and events why it launched', async () => {
    const { create, scaling, events } = await scalingAccount();
    await create({ DesiredCapacity: 2 });

    const { Activities } = await scaling.describeScalingActivities(shop);
    expect(Activities?.map(({ StatusCode, Cause }) => [StatusCode, Cause])).toEqual([
      [
        'Successful',
        'At 2026-01-01T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 2.  At 2026-01-01T00:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.',
      ],
      [
        'Successful',
        'At 2026-01-01T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 2.  At 2026-01-01T00:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
      ],
    ]);
    expect(events).toMatchObject([
      {
        detailType: 'EC2 Instance Launch Successful',
        detail: {
          AutoScalingGroupName: 'shop',
          Origin: 'EC2',
          Destination: 'AutoScalingGroup',
          Details: { 'Availability Zone': 'us-east-1a' },
        },
      },
      { detailType: 'EC2 Instance Launch Successful' },
    ]);
  });

  test('replaces an instance that was stopped behind its back, unless that is suspended', async () => {
    const { create, members, ec2, scaling, clock, events } = await scalingAccount();
    await create({ DesiredCapacity: 1 });
    const [{ InstanceId: first = '' } = {}] = await members();

    await scaling.suspendProcesses({ ...shop, ScalingProcesses: ['ReplaceUnhealthy'] });
    await ec2.stopInstances({ InstanceIds: [first] });
    await clock.advance('10s');
    expect(await members()).toMatchObject([{ InstanceId: first, HealthStatus: 'Unhealthy' }]);

    await scaling.resumeProcesses({ ...shop, ScalingProcesses: ['ReplaceUnhealthy'] });
    await clock.advance('10s');
    const after = await members();
    expect(after).toMatchObject([{ LifecycleState: 'InService', HealthStatus: 'Healthy' }]);
    expect(after[0]?.InstanceId).not.toBe(first);
    expect(events.map(({ detailType }) => detailType)).toEqual([
      'EC2 Instance Launch Successful',
      'EC2 Instance Launch Successful',
      'EC2 Instance Terminate Successful',
    ]);
  });

  test('grows and shrinks to the capacity that is set, within its bounds and its cooldown', async () => {
    const { create, members, scaling, clock } = await scalingAccount();
    await create({ MinSize: 1, DesiredCapacity: 1 });

    await expect(scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 9 })).rejects.toMatchObject(
      { name: 'ValidationError' },
    );
    await expect(
      scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 2, HonorCooldown: true }),
    ).rejects.toMatchObject({ name: 'ScalingActivityInProgressFault' });
    await scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 3 });
    await clock.advance('3s');
    expect(await members()).toHaveLength(3);
    const [protectedOne] = await members();
    await scaling.setInstanceProtection({
      ...shop,
      InstanceIds: [protectedOne?.InstanceId ?? ''],
      ProtectedFromScaleIn: true,
    });

    await clock.advance('5m');
    await scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 1, HonorCooldown: true });
    await clock.advance('10s');
    expect(await members()).toMatchObject([{ InstanceId: protectedOne?.InstanceId }]);
    await scaling.updateAutoScalingGroup({ ...shop, MinSize: 2 });
    await clock.advance('3s');
    expect(await members()).toHaveLength(2);
  });

  test('lets go of one instance by request, in its place another one or none', async () => {
    const { create, members, group, scaling, clock } = await scalingAccount();
    await create({ MinSize: 1, DesiredCapacity: 2 });
    const [{ InstanceId: one } = {}, { InstanceId: two } = {}] = await members();

    await expect(
      scaling.terminateInstanceInAutoScalingGroup({
        InstanceId: one,
        ShouldDecrementDesiredCapacity: true,
      }),
    ).resolves.toMatchObject({ Activity: { Description: `Terminating EC2 instance: ${one}` } });
    await clock.advance('5s');
    expect(await group()).toMatchObject({ DesiredCapacity: 1, Instances: [{ InstanceId: two }] });
    await expect(
      scaling.terminateInstanceInAutoScalingGroup({
        InstanceId: two,
        ShouldDecrementDesiredCapacity: true,
      }),
    ).rejects.toMatchObject({ name: 'ValidationError' });
    await scaling.setInstanceHealth({ InstanceId: two, HealthStatus: 'Unhealthy' });
    await clock.advance('5s');
    const [{ InstanceId: three } = {}] = await members();
    expect([one, two]).not.toContain(three);
    await expect(
      scaling.terminateInstanceInAutoScalingGroup({
        InstanceId: one,
        ShouldDecrementDesiredCapacity: false,
      }),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('lets an instance stand by or go its own way', async () => {
    const { create, lifecycles, members, group, scaling, ec2, clock } = await scalingAccount();
    await create({ DesiredCapacity: 1 });
    const [{ InstanceId = '' } = {}] = await members();
    const one = { ...shop, InstanceIds: [InstanceId] };

    await scaling.enterStandby({ ...one, ShouldDecrementDesiredCapacity: true });
    await clock.advance('3s');
    expect(await lifecycles()).toEqual(['Standby']);
    await scaling.exitStandby(one);
    await clock.advance('3s');
    expect(await group()).toMatchObject({ DesiredCapacity: 1 });
    expect(await lifecycles()).toEqual(['InService']);
    await expect(scaling.describeAutoScalingInstances({})).resolves.toMatchObject({
      AutoScalingInstances: [{ InstanceId, AutoScalingGroupName: 'shop' }],
    });

    await scaling.detachInstances({ ...one, ShouldDecrementDesiredCapacity: true });
    await clock.advance('3s');
    expect(await members()).toEqual([]);
    const { Reservations } = await ec2.describeInstances({ InstanceIds: [InstanceId] });
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('running');
  });

  test('is deleted when it is empty, or by force with all that it has', async () => {
    const { create, group, scaling, clock, ec2 } = await scalingAccount();
    await create({ DesiredCapacity: 2 });

    await expect(scaling.deleteAutoScalingGroup(shop)).rejects.toMatchObject({
      name: 'ResourceInUseFault',
    });
    await scaling.deleteAutoScalingGroup({ ...shop, ForceDelete: true });
    expect(await group()).toMatchObject({ Status: 'Delete in progress' });
    await clock.advance('5s');

    expect(await group()).toBeUndefined();
    const { Reservations } = await ec2.describeInstances({
      Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }],
    });
    expect(Reservations).toEqual([]);
  });

  test('tells of a launch that failed, and tries again when it is changed', async () => {
    const { create, members, scaling, ec2, clock, events } = await scalingAccount();
    await create();
    const { Subnets: [subnet] = [] } = await ec2.describeSubnets({});
    await ec2.deleteSubnet({ SubnetId: subnet?.SubnetId });
    await scaling.updateAutoScalingGroup({
      ...shop,
      DesiredCapacity: 1,
      AvailabilityZones: ['us-east-1a'],
    });
    await clock.advance('3s');

    const { Activities: [activity] = [] } = await scaling.describeScalingActivities(shop);
    expect(activity).toMatchObject({
      StatusCode: 'Failed',
      StatusMessage: expect.stringContaining('Launching EC2 instance failed.') as string,
    });
    expect(events).toMatchObject([{ detailType: 'EC2 Instance Launch Unsuccessful' }]);

    await scaling.updateAutoScalingGroup({ ...shop, AvailabilityZones: ['us-east-1b'] });
    await clock.advance('3s');
    expect(await members()).toHaveLength(1);
  });

  test.each([
    [
      { MinSize: 3, MaxSize: 1 },
      'text unverified',
      'Max bound, 1, must be greater than or equal to min bound, 3',
    ],
    [
      { AvailabilityZones: [] },
      'moto autoscaling/models.py',
      'At least one Availability Zone or VPC Subnet is required.',
    ],
    [
      { LaunchTemplate: { LaunchTemplateName: 'none' } },
      'text unverified',
      'You must use a valid fully-formed launch template. The specified launch template, with template name none, does not exist.',
    ],
    [{ HealthCheckType: 'ELB' }, 'ours', 'Health check type ELB of groups is not emulated'],
    [
      { MaxInstanceLifetime: 86400 },
      'ours',
      'Property MaxInstanceLifetime of groups is not emulated',
    ],
  ])('of %j is refused (%s)', async (more, _source, message) => {
    const { create } = await scalingAccount();

    await expect(create(more)).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  test('has a name of its own, tags, and the processes that AWS knows', async () => {
    const { create, scaling } = await scalingAccount();
    await create();

    await expect(create()).rejects.toMatchObject({ name: 'AlreadyExistsFault' });
    const tag = { ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key: 'app' };
    await scaling.createOrUpdateTags({
      Tags: [{ ...tag, Value: 'shop', PropagateAtLaunch: true }],
    });
    await expect(
      scaling.describeTags({ Filters: [{ Name: 'key', Values: ['app'] }] }),
    ).resolves.toMatchObject({ Tags: [{ ResourceId: 'shop', Value: 'shop' }] });
    await scaling.deleteTags({ Tags: [tag] });
    await expect(scaling.describeTags({})).resolves.toMatchObject({ Tags: [] });
    const { Processes } = await scaling.describeScalingProcessTypes({});
    expect(Processes).toHaveLength(9);
    await expect(scaling.describeAutoScalingGroups({ NextToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
  });
});

describe('a lifecycle hook', () => {
  const hook = { ...shop, LifecycleHookName: 'drain' };

  test('on termination holds the instance until it is completed, with AWS’s event', async () => {
    const { create, lifecycles, members, scaling, clock, events } = await scalingAccount();
    await create({ DesiredCapacity: 1 });
    await scaling.putLifecycleHook({
      ...hook,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      HeartbeatTimeout: 300,
      NotificationMetadata: 'jobs',
    });
    await expect(scaling.describeLifecycleHooks(shop)).resolves.toMatchObject({
      LifecycleHooks: [{ GlobalTimeout: 30_000, DefaultResult: 'ABANDON' }],
    });
    const [{ InstanceId } = {}] = await members();
    await scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 0 });
    await clock.advance('60s');

    expect(await lifecycles()).toEqual(['Terminating:Wait']);
    const { detailType, detail } = events.at(-1) ?? {};
    expect([detailType, detail]).toEqual([
      'EC2 Instance-terminate Lifecycle Action',
      {
        LifecycleActionToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        AutoScalingGroupName: 'shop',
        LifecycleHookName: 'drain',
        EC2InstanceId: InstanceId,
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        NotificationMetadata: 'jobs',
        Origin: 'AutoScalingGroup',
        Destination: 'EC2',
      },
    ]);
    await scaling.recordLifecycleActionHeartbeat({ ...hook, InstanceId });
    await clock.advance('270s');
    expect(await lifecycles()).toEqual(['Terminating:Wait']);
    await scaling.completeLifecycleAction({
      ...hook,
      LifecycleActionToken: String(detail?.['LifecycleActionToken']),
      LifecycleActionResult: 'CONTINUE',
    });
    await clock.advance('3s');

    expect(await members()).toEqual([]);
    await expect(
      scaling.completeLifecycleAction({
        ...hook,
        InstanceId,
        LifecycleActionResult: 'CONTINUE',
      }),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('on launch that nobody completes abandons the instance, and another one is launched', async () => {
    const { create, members, lifecycles, scaling, clock } = await scalingAccount();
    await create({
      DesiredCapacity: 1,
      LifecycleHookSpecificationList: [
        {
          LifecycleHookName: 'drain',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          HeartbeatTimeout: 30,
        },
      ],
    });
    const [{ InstanceId: first } = {}] = await members();
    expect(await lifecycles()).toEqual(['Pending:Wait']);

    await clock.advance('35s');

    const [{ InstanceId: second } = {}] = await members();
    expect(await lifecycles()).toEqual(['Pending:Wait']);
    expect(second).not.toBe(first);
    const { Activities = [] } = await scaling.describeScalingActivities(shop);
    expect(Activities.map(({ StatusCode }) => StatusCode)).toEqual([
      'InProgress',
      'Successful',
      'Cancelled',
    ]);
    expect(Activities[2]?.StatusMessage).toContain(`Instance ${first} was abandoned`);

    await scaling.completeLifecycleAction({
      ...hook,
      InstanceId: second,
      LifecycleActionResult: 'CONTINUE',
    });
    await clock.settle();
    expect(await lifecycles()).toEqual(['InService']);
  });

  test('that is deleted lets go of who waits for it', async () => {
    const { create, lifecycles, scaling, clock } = await scalingAccount();
    await create();
    await scaling.putLifecycleHook({
      ...hook,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    });
    await scaling.setDesiredCapacity({ ...shop, DesiredCapacity: 1 });
    await clock.advance('3s');
    expect(await lifecycles()).toEqual(['Pending:Wait']);

    await scaling.deleteLifecycleHook(hook);
    await clock.settle();

    expect(await lifecycles()).toEqual(['InService']);
    const { LifecycleHookTypes } = await scaling.describeLifecycleHookTypes({});
    expect(LifecycleHookTypes).toHaveLength(2);
  });
});
