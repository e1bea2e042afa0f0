import {
  CloudWatch,
  type PutCompositeAlarmInput,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../../test/support/emulated';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:oncall';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';

/** Alarms without data that ignore it, so that they stay where a test puts them. */
async function children(...names: string[]) {
  const lab = emulated();
  const cloudwatch = lab.client(CloudWatch);
  for (const AlarmName of names)
    await cloudwatch.putMetricAlarm({
      AlarmName,
      Namespace: 'Shop',
      MetricName: AlarmName,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'ignore',
    });
  const set = (AlarmName: string, value: StateValue) =>
    cloudwatch.setAlarmState({ AlarmName, StateValue: value, StateReason: 'test' });
  const put = (AlarmName: string, AlarmRule: string, more: Partial<PutCompositeAlarmInput> = {}) =>
    cloudwatch.putCompositeAlarm({ AlarmName, AlarmRule, ...more });
  async function shown(name: string) {
    const { CompositeAlarms: [found] = [] } = await cloudwatch.describeAlarms({
      AlarmNames: [name],
      AlarmTypes: ['CompositeAlarm'],
    });
    return found;
  }
  const state = async (name: string) => (await shown(name))?.StateValue;
  async function updates(name: string) {
    const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
      AlarmName: name,
      HistoryItemType: 'StateUpdate',
      ScanBy: 'TimestampAscending',
    });
    return AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary);
  }
  return { ...lab, cloudwatch, set, put, shown, state, updates };
}

describe('a composite alarm', () => {
  test('follows its children and says which one moved it', async () => {
    const { set, put, shown, state } = await children('errors', 'latency');
    await put('page', 'ALARM(errors) AND ALARM(latency)');
    expect(await state('page')).toBe('OK');

    await set('errors', 'ALARM');
    expect(await state('page')).toBe('OK');
    await set('latency', 'ALARM');

    const found = await shown('page');
    expect(found).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'arn:aws:cloudwatch:us-east-1:000000000000:alarm:latency transitioned to ALARM at Thursday 01 January, 2026 00:00:00 UTC',
    });
    expect(JSON.parse(found?.StateReasonData ?? '')).toEqual({
      triggeringAlarms: [
        {
          arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:latency',
          state: { value: 'ALARM', timestamp: '2026-01-01T00:00:00.000+0000' },
        },
      ],
    });
  });

  test('is evaluated after the composite alarms that it stands on', async () => {
    const { set, put, updates } = await children('errors');
    await put('top', 'TRUE');
    await put('below', 'ALARM(errors)');
    await put('top', 'ALARM(errors) AND NOT ALARM(below)');

    await set('errors', 'ALARM');

    expect(await updates('below')).toContain('Alarm updated from OK to ALARM');
    expect(await updates('top')).toEqual([
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm updated from ALARM to OK',
    ]);
  });

  test('keeps what SetAlarmState gave it until a child changes', async () => {
    const { set, put, state, clock } = await children('errors');
    await put('page', 'ALARM(errors)');

    await set('page', 'ALARM');
    await clock.advance('1h');

    expect(await state('page')).toBe('ALARM');
    await set('errors', 'OK');
    expect(await state('page')).toBe('OK');
  });

  test('of alarms that are not there, or with a rule that is none, is refused (texts unverified)', async () => {
    const { put } = await children('errors');

    await expect(put('page', 'ALARM(errors) OR ALARM(nope)')).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(put('page', ' TRUE')).rejects.toMatchObject({
      message: 'AlarmRule must not contain leading or trailing whitespace or be null',
    });
    await expect(put('page', 'errors')).rejects.toMatchObject({
      message: "Error in AlarmRule: unexpected 'errors'",
    });
  });

  test('does not take the name of a metric alarm, nor one its name (text unverified)', async () => {
    const { cloudwatch, put } = await children('errors');
    await put('page', 'ALARM(errors)');

    await expect(put('errors', 'TRUE')).rejects.toMatchObject({
      message: 'The alarm errors exists already and is of another type.',
    });
    await expect(
      cloudwatch.putMetricAlarm({
        AlarmName: 'page',
        Namespace: 'Shop',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The alarm page exists already and is of another type.',
    });
  });

  test('C4.3: keeps its children from being deleted', async () => {
    const { cloudwatch, put } = await children('errors');
    await put('page', 'ALARM(errors)');

    const both = { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 };
    await put('page', 'ALARM(errors)', { ActionsSuppressor: 'errors', ...both });

    await expect(cloudwatch.deleteAlarms({ AlarmNames: ['errors'] })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await cloudwatch.deleteAlarms({ AlarmNames: ['errors', 'page'] });
    await expect(cloudwatch.describeAlarms({})).resolves.toMatchObject({ MetricAlarms: [] });
  });

  test('C4.3: in a cycle stands still and stays, until the cycle is broken', async () => {
    const { cloudwatch, set, put, state } = await children('errors');
    await put('one', 'ALARM(errors)');
    await put('two', 'ALARM(one)');
    await put('one', 'ALARM(errors) OR ALARM(two)');

    await set('errors', 'ALARM');

    expect(await state('one')).toBe('OK');
    await expect(cloudwatch.deleteAlarms({ AlarmNames: ['one'] })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await put('one', 'FALSE');
    await cloudwatch.deleteAlarms({ AlarmNames: ['two'] });
    await cloudwatch.deleteAlarms({ AlarmNames: ['one'] });
  });

  test('is found by its children, and they by it', async () => {
    const { cloudwatch, put } = await children('errors', 'latency', 'other');
    await put('page', 'ALARM(errors) OR ALARM(latency)');

    const below = await cloudwatch.describeAlarms({ ChildrenOfAlarmName: 'page' });
    const above = await cloudwatch.describeAlarms({ ParentsOfAlarmName: 'errors' });

    expect(below.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['errors', 'latency']);
    expect(above.CompositeAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['page']);
    expect(above.CompositeAlarms?.[0]?.AlarmRule).toBeUndefined();
  });
});

describe('an actions suppressor', () => {
  async function suppressed() {
    const lab = await children('errors', 'window');
    const [sns, sqs] = [lab.client(SNS), lab.client(SQS)];
    await sns.createTopic({ Name: 'oncall' });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    await sns.setTopicAttributes({
      TopicArn: topicArn,
      AttributeName: 'Policy',
      AttributeValue: Policy.replace('"Action":"*"', '"Action":"sns:Publish"'),
    });
    const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'inbox', Attributes: { Policy } });
    const subscription = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn };
    await sns.subscribe({ ...subscription, Attributes: { RawMessageDelivery: 'true' } });
    await lab.put('page', 'ALARM(errors)', {
      AlarmActions: [topicArn],
      OKActions: [topicArn],
      ActionsSuppressor: 'window',
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 180,
    });
    await lab.set('window', 'OK');
    await lab.clock.advance('10m');
    const pages = async () => {
      await lab.clock.settle();
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      const bodies = Messages.map(
        ({ Body = '{}' }) => JSON.parse(Body) as { NewStateValue: string },
      );
      return bodies.map(({ NewStateValue }) => NewStateValue);
    };
    await sqs.purgeQueue({ QueueUrl });
    return { ...lab, pages };
  }

  test.each([
    [{ ActionsSuppressorWaitPeriod: 60 }, 'ActionsSuppressorExtensionPeriod must not be null'],
    [{ ActionsSuppressorExtensionPeriod: 60 }, 'ActionsSuppressorWaitPeriod must not be null'],
    [{}, 'ActionsSuppressorWaitPeriod must not be null'],
  ])('with only %j is refused: %s', async (more, message) => {
    const { put } = await children('errors', 'window');

    await expect(
      put('page', 'ALARM(errors)', { ActionsSuppressor: 'window', ...more }),
    ).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('that does not fire lets the page through after the wait period', async () => {
    const { set, shown, pages, clock } = await suppressed();

    await set('errors', 'ALARM');

    await expect(shown('page')).resolves.toMatchObject({
      StateValue: 'ALARM',
      ActionsSuppressedBy: 'WaitPeriod',
      ActionsSuppressedReason: 'Actions suppressed by WaitPeriod',
    });
    await clock.advance(119_999);
    expect(await pages()).toEqual([]);
    await clock.advance(1);
    expect(await pages()).toEqual(['ALARM']);
    expect((await shown('page'))?.ActionsSuppressedBy).toBeUndefined();
  });

  test('in ALARM holds the page back until its extension period is over', async () => {
    const { set, shown, pages, clock } = await suppressed();
    await set('window', 'ALARM');
    await set('errors', 'ALARM');
    await clock.advance('1h');
    await expect(shown('page')).resolves.toMatchObject({ ActionsSuppressedBy: 'Alarm' });

    await set('window', 'OK');

    await expect(shown('page')).resolves.toMatchObject({ ActionsSuppressedBy: 'ExtensionPeriod' });
    await clock.advance(179_999);
    expect(await pages()).toEqual([]);
    await clock.advance(1);
    expect(await pages()).toEqual(['ALARM']);
  });

  test('that fires within the wait period holds the page back', async () => {
    const { set, shown, pages, clock } = await suppressed();
    await set('errors', 'ALARM');
    await clock.advance('1m');

    await set('window', 'ALARM');
    await clock.advance('10m');

    await expect(shown('page')).resolves.toMatchObject({ ActionsSuppressedBy: 'Alarm' });
    expect(await pages()).toEqual([]);
  });

  test('makes a trouble that comes and goes within it silent altogether', async () => {
    const { set, pages, clock } = await suppressed();
    await set('window', 'ALARM');
    await set('errors', 'ALARM');
    await clock.advance('5m');
    await set('errors', 'OK');

    await set('window', 'OK');
    await clock.advance('10m');

    expect(await pages()).toEqual([]);
  });

  test('C4.5: the end of a suppression is an event of its own', async () => {
    const { client, set, clock, pages } = await suppressed();
    const events = client(EventBridge);
    await events.putRule({
      Name: 'ended',
      EventPattern: JSON.stringify({
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { previousState: { actionsSuppressedBy: ['WaitPeriod'] } },
      }),
    });
    await events.putTargets({
      Rule: 'ended',
      Targets: [{ Id: 'inbox', Arn: queueArn, Input: '{"NewStateValue":"an event"}' }],
    });

    await set('errors', 'ALARM');
    await clock.advance('2m');

    expect((await pages()).toSorted()).toEqual(['ALARM', 'an event']);
  });
});
