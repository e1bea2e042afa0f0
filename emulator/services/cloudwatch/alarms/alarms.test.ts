import { CloudWatch, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { emulated } from '../../../../test/support/emulated';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:oncall';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const alarmArn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors';

const settings: PutMetricAlarmInput = {
  AlarmName: 'errors',
  Namespace: 'Shop',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

function watched() {
  const lab = emulated();
  const cloudwatch = lab.client(CloudWatch);
  const alarm = (more: Partial<PutMetricAlarmInput> = {}) =>
    cloudwatch.putMetricAlarm({ ...settings, ...more });
  const put = (value: number, at?: Date) =>
    cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Errors', Value: value, ...(at ? { Timestamp: at } : {}) }],
    });
  async function shown(name = 'errors') {
    const { MetricAlarms: [found] = [] } = await cloudwatch.describeAlarms({ AlarmNames: [name] });
    return found;
  }
  const state = async (name?: string) => (await shown(name))?.StateValue;
  async function history(type?: 'StateUpdate' | 'Action' | 'ConfigurationUpdate') {
    const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
      AlarmName: 'errors',
      ScanBy: 'TimestampAscending',
      ...(type ? { HistoryItemType: type } : {}),
    });
    return AlarmHistoryItems;
  }
  return { ...lab, cloudwatch, alarm, put, shown, state, history };
}

describe('a metric alarm', () => {
  test('starts without data, unchecked', async () => {
    const { alarm, shown } = watched();

    await alarm();

    await expect(shown()).resolves.toMatchObject({
      AlarmArn: alarmArn,
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      ActionsEnabled: true,
      Dimensions: [],
      OKActions: [],
    });
  });

  test('fires at the end of the minute that breaches, and says why', async () => {
    const { alarm, put, shown, state, clock } = watched();
    await alarm();
    await clock.advance('30s');

    await put(5);

    expect(await state()).toBe('INSUFFICIENT_DATA');
    await clock.advance('29s');
    expect(await state()).toBe('INSUFFICIENT_DATA');
    await clock.advance('1s');
    const found = await shown();
    expect(found).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 datapoint [5.0 (01/01/26 00:00:00)] was greater than the threshold (1.0).',
      StateUpdatedTimestamp: new Date('2026-01-01T00:01:00Z'),
    });
    expect(JSON.parse(found?.StateReasonData ?? '')).toEqual({
      version: '1.0',
      queryDate: '2026-01-01T00:01:00.000+0000',
      startDate: '2026-01-01T00:00:00.000+0000',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [5],
      threshold: 1,
      evaluatedDatapoints: [
        { timestamp: '2026-01-01T00:00:00.000+0000', sampleCount: 1, value: 5 },
      ],
    });
  });

  test('sees data that comes in the last millisecond of its period', async () => {
    const { alarm, put, state, clock } = watched();
    await alarm();
    await clock.advance(59_999);
    await put(5);

    await clock.advance(1);

    expect(await state()).toBe('ALARM');
  });

  test('sees data of the past that comes late', async () => {
    const { alarm, put, state, clock } = watched();
    await alarm();
    await clock.advance('90s');

    await put(5, new Date('2026-01-01T00:00:30Z'));

    expect(await state()).toBe('ALARM');
  });

  test('is back where it was when the data is gone, and has no timer then', async () => {
    const { alarm, put, shown, state, clock, core } = watched();
    await alarm();
    await put(5);
    await clock.advance('1m');
    expect(await state()).toBe('ALARM');

    await clock.advance('2m');
    expect(await state()).toBe('ALARM');
    await clock.advance('1m');

    await expect(shown()).resolves.toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Insufficient Data: 1 datapoint was unknown.',
    });
    expect(core.clock.nextDue()).toBeUndefined();
  });

  test('of an unchanging metric wakes only when something changes', async () => {
    const { alarm, put, state, clock, core } = watched();
    await alarm({ TreatMissingData: 'notBreaching' });
    expect(await state()).toBe('OK');

    await put(0);

    expect(core.clock.nextDue()).toBeUndefined();
    await put(9);
    expect(core.clock.nextDue()).toEqual(new Date('2026-01-01T00:01:00Z'));
    await clock.advance('1h');
    expect(await state()).toBe('OK');
  });

  test('treats missing data as breaching where it is told to', async () => {
    const { alarm, shown } = watched();

    await alarm({ TreatMissingData: 'breaching', EvaluationPeriods: 2 });

    await expect(shown()).resolves.toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    });
  });

  test('with M of N needs M breaching minutes, which need not follow each other', async () => {
    const { alarm, put, shown, state, clock } = watched();
    await alarm({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    await put(5);
    await clock.advance('1m');
    await put(0);
    await clock.advance('1m');
    expect(await state()).toBe('OK');

    await put(7);
    await clock.advance('1m');

    await expect(shown()).resolves.toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 2 out of the last 3 datapoints [7.0 (01/01/26 00:02:00), 5.0 (01/01/26 00:00:00)] were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).',
    });
  });

  test('of five minutes is evaluated each minute over the five that end then', async () => {
    const { alarm, put, state, clock } = watched();
    await alarm({ Period: 300, Threshold: 8 });
    await put(5);
    await clock.advance('3m');
    await put(5);

    await clock.advance('1m');

    expect(await state()).toBe('ALARM');
  });

  test('of ten seconds is evaluated every ten seconds over high-resolution data', async () => {
    const { alarm, cloudwatch, state, clock } = watched();
    await alarm({ Period: 10 });
    await cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Errors', Value: 5, StorageResolution: 1 }],
    });

    await clock.advance('10s');

    expect(await state()).toBe('ALARM');
  });

  test('of a percentile can ignore too few values', async () => {
    const { alarm, put, state, clock } = watched();
    await alarm({
      Statistic: undefined,
      ExtendedStatistic: 'p90',
      EvaluateLowSampleCountPercentile: 'ignore',
    });
    await put(5);

    await clock.advance('1m');

    expect(await state()).toBe('INSUFFICIENT_DATA');
  });

  test('of a metric that is a level keeps seeing the last value, without a timer', async () => {
    const { core, cloudwatch, alarm, state, clock } = watched();
    const principal = {
      type: 'service',
      accountId: '000000000000',
      arn: 'sqs.amazonaws.com',
      service: 'sqs.amazonaws.com',
    } as const;
    const sqs = core.clients.of('cloudwatch', {
      caller: { principal },
      region: 'us-east-1',
    }) as CloudWatch;
    await alarm({ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' });
    await sqs.putMetricData({
      Namespace: 'AWS/SQS',
      MetricData: [{ MetricName: 'ApproximateNumberOfMessagesVisible', Value: 3 }],
    });

    await clock.advance('5h');

    expect(await state()).toBe('ALARM');
    expect(core.clock.nextDue()?.getTime()).toBeGreaterThan(Date.UTC(2026, 0, 1, 6));
    const { MetricDataResults: [found] = [] } = await cloudwatch.getMetricData({
      StartTime: new Date('2026-01-01T04:58:00Z'),
      EndTime: new Date('2026-01-01T05:00:00Z'),
      MetricDataQueries: [
        {
          Id: 'm1',
          MetricStat: {
            Metric: { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' },
            Period: 60,
            Stat: 'Maximum',
          },
        },
      ],
    });
    expect(found?.Values).toEqual([3, 3]);
    await clock.advance('2h');
    expect(await state()).toBe('INSUFFICIENT_DATA');
    expect(core.clock.nextDue()).toBeUndefined();
  });

  test('keeps its state when its settings change', async () => {
    const { alarm, put, state, clock, history } = watched();
    await alarm();
    await put(5);
    await clock.advance('1m');

    await alarm({ Threshold: 2 });

    expect(await state()).toBe('ALARM');
    expect((await history('ConfigurationUpdate')).map((item) => item.HistorySummary)).toEqual([
      'Alarm "errors" created',
      'Alarm "errors" updated',
    ]);
  });

  test('over an expression watches what comes of it', async () => {
    const { cloudwatch, put, shown, clock } = watched();
    await cloudwatch.putMetricAlarm({
      AlarmName: 'errors',
      EvaluationPeriods: 1,
      Threshold: 40,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Metrics: [
        { Id: 'rate', Expression: '100 * m1 / m2', ReturnData: true },
        {
          Id: 'm1',
          MetricStat: {
            Metric: { Namespace: 'Shop', MetricName: 'Errors' },
            Period: 60,
            Stat: 'Sum',
          },
          ReturnData: false,
        },
        {
          Id: 'm2',
          MetricStat: {
            Metric: { Namespace: 'Shop', MetricName: 'Orders' },
            Period: 60,
            Stat: 'Sum',
          },
          ReturnData: false,
        },
      ],
    });
    await put(2);
    await cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Orders', Value: 4 }],
    });

    await clock.advance('1m');

    await expect(shown()).resolves.toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 datapoint [50.0 (01/01/26 00:00:00)] was greater than or equal to the threshold (40.0).',
    });
  });
});

describe('SetAlarmState', () => {
  test('holds for a metric alarm until the next evaluation', async () => {
    const { cloudwatch, alarm, put, state, clock, history } = watched();
    await alarm();
    await put(0);
    await clock.advance('1m');
    expect(await state()).toBe('OK');

    await cloudwatch.setAlarmState({
      AlarmName: 'errors',
      StateValue: 'ALARM',
      StateReason: 'trying',
    });

    expect(await state()).toBe('ALARM');
    await clock.advance('1m');
    expect(await state()).toBe('OK');
    expect((await history('StateUpdate')).map((item) => item.HistorySummary)).toEqual([
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm updated from OK to ALARM',
      'Alarm updated from ALARM to OK',
    ]);
  });

  test('to a state that is none, or of no alarm, is refused', async () => {
    const { cloudwatch, alarm } = watched();
    await alarm();

    await expect(
      cloudwatch.setAlarmState({
        AlarmName: 'errors',
        StateValue: 'INVALID' as 'OK',
        StateReason: 'x',
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(
      cloudwatch.setAlarmState({ AlarmName: 'nope', StateValue: 'OK', StateReason: 'x' }),
    ).rejects.toMatchObject({ name: 'ResourceNotFound', $metadata: { httpStatusCode: 404 } });
  });
});

describe('actions', () => {
  async function onCall(allow = true) {
    const lab = watched();
    const [sns, sqs, events] = [lab.client(SNS), lab.client(SQS), lab.client(EventBridge)];
    await sns.createTopic({ Name: 'oncall' });
    if (allow)
      await sns.setTopicAttributes({
        TopicArn: topicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: topicArn,
              Condition: { ArnEquals: { 'aws:SourceArn': alarmArn } },
            },
          ],
        }),
      });
    else
      await sns.setTopicAttributes({
        TopicArn: topicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
      });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    });
    const { QueueUrl = '' } = await sqs.createQueue({
      QueueName: 'inbox',
      Attributes: { Policy },
    });
    await sns.subscribe({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      Attributes: { RawMessageDelivery: 'true' },
    });
    async function received() {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      return Messages.map(({ Body = '{}' }) => JSON.parse(Body) as Record<string, unknown>);
    }
    return { ...lab, events, received };
  }

  test('notify a topic with AWS’s message', async () => {
    const { alarm, put, clock, received, history } = await onCall();
    await alarm({
      AlarmActions: [topicArn],
      AlarmDescription: 'too many errors',
      Dimensions: [{ Name: 'Service', Value: 'checkout' }],
    });
    await alarm({ AlarmActions: [topicArn], AlarmDescription: 'too many errors' });
    await put(5);

    await clock.advance('1m');

    expect(await received()).toEqual([
      {
        AlarmName: 'errors',
        AlarmDescription: 'too many errors',
        AWSAccountId: '000000000000',
        AlarmConfigurationUpdatedTimestamp: '2026-01-01T00:00:00.000+0000',
        NewStateValue: 'ALARM',
        NewStateReason:
          'Threshold Crossed: 1 datapoint [5.0 (01/01/26 00:00:00)] was greater than the threshold (1.0).',
        StateChangeTime: '2026-01-01T00:01:00.000+0000',
        Region: 'US East (N. Virginia)',
        AlarmArn: alarmArn,
        OldStateValue: 'INSUFFICIENT_DATA',
        OKActions: [],
        AlarmActions: [topicArn],
        InsufficientDataActions: [],
        Trigger: {
          MetricName: 'Errors',
          Namespace: 'Shop',
          StatisticType: 'Statistic',
          Statistic: 'SUM',
          Unit: null,
          Dimensions: [],
          Period: 60,
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanThreshold',
          Threshold: 1,
          TreatMissingData: 'missing',
          EvaluateLowSampleCountPercentile: '',
        },
      },
    ]);
    expect((await history('Action')).map((item) => item.HistorySummary)).toEqual([
      `Successfully executed action ${topicArn}`,
    ]);
  });

  test('that the topic does not allow are in the history as failed', async () => {
    const { alarm, put, clock, received, history } = await onCall(false);
    await alarm({ AlarmActions: [topicArn] });
    await put(5);

    await clock.advance('1m');

    expect(await received()).toEqual([]);
    const [item] = await history('Action');
    expect(item?.HistorySummary).toContain(`Failed to execute action ${topicArn}. Received error:`);
    expect(JSON.parse(item?.HistoryData ?? '')).toMatchObject({
      actionState: 'Failed',
      notificationResource: topicArn,
    });
  });

  test('that are disabled are not taken', async () => {
    const { cloudwatch, alarm, put, clock, received, shown } = await onCall();
    await alarm({ AlarmActions: [topicArn] });
    await cloudwatch.disableAlarmActions({ AlarmNames: ['errors'] });
    await put(5);

    await clock.advance('1m');

    await expect(shown()).resolves.toMatchObject({ StateValue: 'ALARM', ActionsEnabled: false });
    expect(await received()).toEqual([]);
  });

  test('C4.5: a change of state is an event, with the metric in lower case', async () => {
    const { events, alarm, put, clock, received } = await onCall();
    await events.putRule({
      Name: 'alarms',
      EventPattern: JSON.stringify({
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
      }),
    });
    await events.putTargets({ Rule: 'alarms', Targets: [{ Id: 'inbox', Arn: queueArn }] });
    await alarm({ Dimensions: [{ Name: 'Service', Value: 'checkout' }], AlarmName: 'errors' });
    await alarm({ AlarmDescription: 'why' });
    await put(5);

    await clock.advance('1m');

    const [event] = await received();
    expect(event).toMatchObject({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [alarmArn],
      detail: {
        alarmName: 'errors',
        state: { value: 'ALARM', timestamp: '2026-01-01T00:01:00.000+0000' },
        previousState: {
          value: 'INSUFFICIENT_DATA',
          reason: 'Unchecked: Initial alarm creation',
        },
        configuration: {
          description: 'why',
          metrics: [
            {
              metricStat: {
                metric: { namespace: 'Shop', name: 'Errors', dimensions: {} },
                period: 60,
                stat: 'Sum',
              },
              returnData: true,
            },
          ],
        },
      },
    });
  });

  test.each([
    [
      'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:x',
      'Invalid arn syntax: arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:x',
    ],
    ['arn:aws:automate:us-east-1:ec2:recover', 'The EC2 action recover is not emulated.'],
    ['oncall', 'Invalid arn syntax: oncall'],
  ])('%s is refused: %s (texts unverified)', async (arn, message) => {
    const { alarm } = watched();

    await expect(alarm({ AlarmActions: [arn] })).rejects.toMatchObject({ message });
  });
});

test.each([
  [{ Period: 15 }, 'Period must be 10, 20, 30 or a multiple of 60'],
  [
    { Period: 60, EvaluationPeriods: 1441 },
    'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for alarms using period < 3600',
  ],
  [
    { Period: 86400, EvaluationPeriods: 8 },
    'Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using period >= 3600',
  ],
  [
    { DatapointsToAlarm: 2 },
    'DatapointsToAlarm must be greater than zero and not exceed EvaluationPeriods.',
  ],
  [
    {
      Metrics: [],
      MetricName: undefined,
      Namespace: undefined,
      Period: undefined,
      Statistic: undefined,
    },
    'Exactly one element of the metrics list should return data.',
  ],
] as [Partial<PutMetricAlarmInput>, string][])(
  'PutMetricAlarm with %j is refused (texts unverified)',
  async (more, message) => {
    const { alarm } = watched();

    await expect(alarm(more)).rejects.toMatchObject({ message });
  },
);

test('DescribeAlarms filters by name, prefix, state and action; DeleteAlarms forgets', async () => {
  const { cloudwatch, alarm } = watched();
  await alarm({ AlarmName: 'a-one', AlarmActions: [topicArn] });
  await alarm({ AlarmName: 'a-two', TreatMissingData: 'notBreaching' });
  await alarm({ AlarmName: 'b', MetricName: 'Other' });
  const names = async (input: Parameters<typeof cloudwatch.describeAlarms>[0]) =>
    (await cloudwatch.describeAlarms(input)).MetricAlarms?.map(({ AlarmName }) => AlarmName);

  expect(await names({ AlarmNamePrefix: 'a-' })).toEqual(['a-one', 'a-two']);
  expect(await names({ StateValue: 'OK' })).toEqual(['a-two']);
  expect(await names({ ActionPrefix: 'arn:aws:sns:' })).toEqual(['a-one']);
  expect(await names({ AlarmNames: ['b', 'nope'] })).toEqual(['b']);
  const { MetricAlarms: of = [] } = await cloudwatch.describeAlarmsForMetric({
    Namespace: 'Shop',
    MetricName: 'Other',
  });
  expect(of.map(({ AlarmName }) => AlarmName)).toEqual(['b']);
  await expect(names({ StateValue: 'BAD' as 'OK' })).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await cloudwatch.deleteAlarms({ AlarmNames: ['a-one', 'nope'] });
  expect(await names({})).toEqual(['a-two', 'b']);
});
