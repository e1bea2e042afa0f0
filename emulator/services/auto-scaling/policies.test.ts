import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { scalingAccount } from '../../../test/support/scaling';

const shop = { AutoScalingGroupName: 'shop' };

const simple = {
  ...shop,
  PolicyName: 'out',
  AdjustmentType: 'ChangeInCapacity',
  ScalingAdjustment: 1,
  Cooldown: 120,
};

async function account() {
  const lab = await scalingAccount();
  const cloudwatch = lab.client(CloudWatch);
  const desired = async () => (await lab.group())?.DesiredCapacity;
  const alarm = (action: string | undefined) =>
    cloudwatch.putMetricAlarm({
      AlarmName: 'busy',
      Namespace: 'Shop',
      MetricName: 'Load',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 50,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [action ?? ''],
    });
  const load = (Value: number) =>
    cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Load', Value, Timestamp: lab.clock.now() }],
    });
  return { ...lab, cloudwatch, desired, alarm, load };
}

test('a simple policy adds once, and within its cooldown only to who does not honour it', async () => {
  const { create, scaling, desired } = await account();
  await create();
  await scaling.putScalingPolicy(simple);
  const named = { ...shop, PolicyName: 'out' };

  await scaling.executePolicy({ ...named, HonorCooldown: true });
  await expect(scaling.executePolicy({ ...named, HonorCooldown: true })).rejects.toMatchObject({
    name: 'ScalingActivityInProgressFault',
  });
  await scaling.executePolicy(named);

  expect(await desired()).toBe(2);
});

test('an alarm executes a policy, and again each minute while it stays in ALARM, to the maximum', async () => {
  const { create, scaling, desired, alarm, load, clock, cloudwatch } = await account();
  await create({ DefaultCooldown: 60 });
  const { PolicyARN } = await scaling.putScalingPolicy({ ...simple, Cooldown: 60 });
  await alarm(PolicyARN);
  const busy = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await load(90);
      await clock.advance('1m');
    }
  };

  await busy(3);
  expect(await desired()).toBeGreaterThanOrEqual(1);
  await busy(12);
  expect(await desired()).toBe(4);
  const { AlarmHistoryItems: [item] = [] } = await cloudwatch.describeAlarmHistory({
    AlarmName: 'busy',
    HistoryItemType: 'Action',
  });
  expect(item?.HistorySummary).toBe(`Successfully executed action ${PolicyARN}`);
  await expect(scaling.describePolicies(shop)).resolves.toMatchObject({
    ScalingPolicies: [{ PolicyName: 'out', Alarms: [{ AlarmName: 'busy' }] }],
  });
});

test.each([
  [60, 1],
  [75, 2],
  [95, 3],
])('a step policy at %i over a threshold of 50 wants %i more', async (value, more) => {
  const { create, scaling, desired } = await account();
  await create({ MaxSize: 9, DesiredCapacity: 1, DefaultInstanceWarmup: 0 });
  await scaling.putScalingPolicy({
    ...shop,
    PolicyName: 'steps',
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 20, MetricIntervalUpperBound: 40, ScalingAdjustment: 2 },
      { MetricIntervalLowerBound: 40, ScalingAdjustment: 3 },
    ],
  });

  await scaling.executePolicy({
    ...shop,
    PolicyName: 'steps',
    MetricValue: value,
    BreachThreshold: 50,
  });

  expect(await desired()).toBe(1 + more);
});

test('a step policy counts what warms up, so one breach does not scale out twice', async () => {
  const { create, scaling, desired, clock } = await account();
  await create({ DesiredCapacity: 1 });
  await clock.advance('10m');
  await scaling.putScalingPolicy({
    ...shop,
    PolicyName: 'steps',
    PolicyType: 'StepScaling',
    AdjustmentType: 'PercentChangeInCapacity',
    MinAdjustmentMagnitude: 1,
    EstimatedInstanceWarmup: 120,
    StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 10 }],
  });
  const breach = { ...shop, PolicyName: 'steps', MetricValue: 60, BreachThreshold: 50 };

  await scaling.executePolicy(breach);
  await clock.advance('5s');
  await scaling.executePolicy(breach);
  expect(await desired()).toBe(2);

  await clock.advance('3m');
  await scaling.executePolicy(breach);
  expect(await desired()).toBe(3);
});

test('target tracking makes its two alarms, scales by them, and takes them along', async () => {
  const { create, scaling, cloudwatch, desired, load, clock } = await account();
  await create({ DesiredCapacity: 1, DefaultInstanceWarmup: 0 });

  const { PolicyARN, Alarms = [] } = await scaling.putScalingPolicy({
    ...shop,
    PolicyName: 'track',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      TargetValue: 50,
      CustomizedMetricSpecification: {
        Namespace: 'Shop',
        MetricName: 'Load',
        Statistic: 'Average',
      },
    },
  });
  expect(Alarms.map(({ AlarmName }) => AlarmName?.replace(/[0-9a-f-]{36}$/, '…'))).toEqual([
    'TargetTracking-shop-AlarmHigh-…',
    'TargetTracking-shop-AlarmLow-…',
  ]);
  const { MetricAlarms } = await cloudwatch.describeAlarms({
    AlarmNames: Alarms.map(({ AlarmName = '' }) => AlarmName),
  });
  expect(MetricAlarms).toMatchObject([
    {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 3,
      Threshold: 50,
      AlarmActions: [PolicyARN],
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${PolicyARN}.`,
    },
    { ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 15, Threshold: 45 },
  ]);

  for (let minute = 0; minute < 4; minute += 1) {
    await load(100);
    await clock.advance('1m');
  }
  expect(await desired()).toBeGreaterThanOrEqual(2);

  await scaling.deletePolicy({ ...shop, PolicyName: 'track' });
  await expect(cloudwatch.describeAlarms({})).resolves.toMatchObject({ MetricAlarms: [] });
});

const steps = (...intervals: { from?: number; to?: number }[]) => ({
  PolicyType: 'StepScaling',
  StepAdjustments: intervals.map(({ from, to }) => ({
    MetricIntervalLowerBound: from,
    MetricIntervalUpperBound: to,
    ScalingAdjustment: 1,
  })),
});

test.each([
  [{ PolicyType: 'PredictiveScaling' }, 'Policy type PredictiveScaling is not emulated'],
  [{ AdjustmentType: 'Double' }, 'Adjustment type Double is invalid.'],
  [
    { PolicyType: 'StepScaling' },
    'At least one StepAdjustment is required for policy type StepScaling',
  ],
  [
    steps({ from: -10, to: 0 }),
    'There must be a StepAdjustment with an unspecified lower bound (i.e., lower bound is null) when one StepAdjustment has a negative lower bound',
  ],
  [steps({ from: 0, to: 10 }, { from: 5 }), 'StepAdjustment intervals cannot overlap'],
  [steps({ from: 0, to: 10 }, { from: 15 }), 'StepAdjustment intervals cannot have a gap'],
  [
    steps({ from: 5, to: 5 }, { from: 5 }),
    'The lower bound of a StepAdjustment must be less than its upper bound',
  ],
])('a policy of %j is refused (texts unverified)', async (more, message) => {
  const { create, scaling } = await account();
  await create();

  await expect(scaling.putScalingPolicy({ ...simple, ...more })).rejects.toMatchObject({
    name: 'ValidationError',
    message,
  });
});
