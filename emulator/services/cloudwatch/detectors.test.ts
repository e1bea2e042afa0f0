import { CloudWatch, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { emulated } from '../../../test/support/emulated';

const orders: MetricDataQuery = {
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 60, Stat: 'Sum' },
  ReturnData: true,
};
const band: MetricDataQuery = {
  Id: 'band',
  Expression: 'ANOMALY_DETECTION_BAND(m1, 2)',
  ReturnData: true,
};

function traffic() {
  const lab = emulated();
  const cloudwatch = lab.client(CloudWatch);
  /** So many minutes with about a hundred orders each. */
  async function minutes(count: number, about = 100) {
    for (let minute = 0; minute < count; minute += 1) {
      await cloudwatch.putMetricData({
        Namespace: 'Shop',
        MetricData: [{ MetricName: 'Orders', Value: about + (minute % 2 === 0 ? 5 : -5) }],
      });
      await lab.clock.advance('1m');
    }
  }
  async function training() {
    const { AnomalyDetectors: [detector] = [] } = await cloudwatch.describeAnomalyDetectors({
      Namespace: 'Shop',
    });
    return detector?.StateValue;
  }
  const alarm = (more = {}) =>
    cloudwatch.putMetricAlarm({
      AlarmName: 'traffic',
      EvaluationPeriods: 1,
      ThresholdMetricId: 'band',
      ComparisonOperator: 'LessThanLowerThreshold',
      TreatMissingData: 'breaching',
      Metrics: [orders, band],
      ...more,
    });
  async function shown() {
    const { MetricAlarms: [found] = [] } = await cloudwatch.describeAlarms({});
    return found;
  }
  return { ...lab, cloudwatch, minutes, training, alarm, shown };
}

test('C4.2: a detector trains on what comes in', async () => {
  const { cloudwatch, minutes, training } = traffic();
  await cloudwatch.putAnomalyDetector({ Namespace: 'Shop', MetricName: 'Orders', Stat: 'Sum' });

  expect(await training()).toBe('PENDING_TRAINING');
  await minutes(1);
  expect(await training()).toBe('TRAINED_INSUFFICIENT_DATA');
  await minutes(9);
  expect(await training()).toBe('TRAINED');
});

test('a band of two deviations lies around what came before', async () => {
  const { cloudwatch, minutes } = traffic();
  await minutes(20);

  const { MetricDataResults = [] } = await cloudwatch.getMetricData({
    StartTime: new Date('2026-01-01T00:20:00Z'),
    EndTime: new Date('2026-01-01T00:21:00Z'),
    MetricDataQueries: [{ ...orders, ReturnData: false }, band],
  });

  expect(MetricDataResults.map(({ Label, Values }) => [Label, Values])).toEqual([
    ['band High', [110]],
    ['band Low', [90]],
  ]);
});

test('an anomaly alarm fires when traffic drops below its band, and names the band', async () => {
  const { minutes, alarm, shown, training } = traffic();
  await minutes(20);
  await alarm();
  expect(await training()).toBe('TRAINED');
  expect((await shown())?.StateValue).toBe('OK');

  await minutes(1, 50);

  const found = await shown();
  expect(found).toMatchObject({ StateValue: 'ALARM' });
  expect(found?.StateReason).toMatch(
    /^Thresholds Crossed: 1 datapoint \[55\.0 \(01\/01\/26 00:20:00\)\] was less than the lower thresholds \[90\.0\]\.$/,
  );
});

test('an anomaly alarm does not fire while traffic is as ever', async () => {
  const { cloudwatch, minutes, alarm } = traffic();
  await minutes(20);
  await alarm();

  await minutes(10);

  const { AlarmHistoryItems = [] } = await cloudwatch.describeAlarmHistory({
    AlarmName: 'traffic',
    HistoryItemType: 'StateUpdate',
  });
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to OK',
  ]);
});

test('an anomaly alarm that treats missing data as breaching fires on silence', async () => {
  const { minutes, alarm, shown, clock } = traffic();
  await minutes(20);
  await alarm();

  await clock.advance('4m');

  await expect(shown()).resolves.toMatchObject({ StateValue: 'ALARM' });
});

test('an anomaly alarm needs its band, and no threshold (https://github.com/aws-cloudformation/cfn-lint/pull/1306)', async () => {
  const { alarm } = traffic();

  await expect(alarm({ Threshold: 1 })).rejects.toMatchObject({
    message: 'Threshold and ThresholdMetricId cannot both be set',
  });
  await expect(alarm({ Metrics: [orders] })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('DeleteAnomalyDetector of none is refused', async () => {
  const { cloudwatch } = traffic();

  await expect(
    cloudwatch.deleteAnomalyDetector({ Namespace: 'Shop', MetricName: 'Orders', Stat: 'Sum' }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
