import { CloudWatch, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import { emulated } from '../../../../test/support/emulated';

const minutes = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count));

function metrics() {
  const lab = emulated();
  const cloudwatch = lab.client(CloudWatch);
  const put = (...data: Partial<MetricDatum>[]) =>
    cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: data.map((datum) => ({ MetricName: 'Latency', ...datum })),
    });
  async function statistic(name: string, period = 60): Promise<(number | undefined)[]> {
    const { MetricDataResults: [result] = [] } = await cloudwatch.getMetricData({
      StartTime: minutes(-30),
      EndTime: minutes(60),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm1',
          MetricStat: {
            Metric: { Namespace: 'Shop', MetricName: 'Latency' },
            Stat: name,
            Period: period,
          },
        },
      ],
    });
    return result?.Values ?? [];
  }
  return { ...lab, cloudwatch, put, statistic };
}

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('PutMetricData', () => {
  test('of the same minute adds up', async () => {
    const { put, statistic } = metrics();

    await put({ Value: 1 }, { Value: 2 });
    await put({ Value: 6 });

    expect(await statistic('Sum')).toEqual([9]);
    expect(await statistic('Average')).toEqual([3]);
    expect(await statistic('SampleCount')).toEqual([3]);
    expect(await statistic('Minimum')).toEqual([1]);
    expect(await statistic('Maximum')).toEqual([6]);
  });

  test('takes values with counts and statistic sets', async () => {
    const { put, statistic } = metrics();

    await put({ Values: [1, 10], Counts: [3, 1] });
    await put({ StatisticValues: { SampleCount: 4, Sum: 7, Minimum: 0, Maximum: 5 } });

    expect(await statistic('Sum')).toEqual([20]);
    expect(await statistic('SampleCount')).toEqual([8]);
    expect(await statistic('p50')).toEqual([]);
  });

  test.each([
    [
      'AWS/Shop',
      { Value: 1 },
      'InvalidParameterValueException',
      'The value AWS/ for parameter Namespace is invalid.',
    ],
    [
      'Shop',
      { Value: 1, Values: [1] },
      'InvalidParameterCombinationException',
      'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
    ],
    [
      'Shop',
      { Values: [1, 2], Counts: [1] },
      'InvalidParameterValueException',
      'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    ],
    [
      'Shop',
      { Value: 1, Timestamp: new Date('2025-12-17T23:59:59Z') },
      'InvalidParameterValueException',
      'The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past.',
    ],
    [
      'Shop',
      { Value: 1, Timestamp: new Date('2026-01-01T02:00:01Z') },
      'InvalidParameterValueException',
      'The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.',
    ],
    [
      'Shop',
      {
        Value: 1,
        Dimensions: Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: 'x' })),
      },
      'InvalidParameterValueException',
      'The collection MetricData.member.1.Dimensions must not have a size greater than 30.',
    ],
    [
      'Shop',
      { Value: Infinity },
      'InvalidParameterValueException',
      'The value Infinity for parameter MetricData.member.1.Value is invalid.',
    ],
  ])(
    'into %s of %j is refused (LocalStack and moto test_cloudwatch.py, times and sizes unverified)',
    async (...[Namespace, datum, name, message]) => {
      const { cloudwatch } = metrics();

      await expect(
        cloudwatch.putMetricData({ Namespace, MetricData: [{ MetricName: 'Orders', ...datum }] }),
      ).rejects.toMatchObject({ name, message });
    },
  );

  test('of more than 1,000 metrics is refused (text unverified)', async () => {
    const { put } = metrics();

    await expect(put(...Array.from({ length: 1001 }, () => ({ Value: 1 })))).rejects.toMatchObject({
      message: 'The collection MetricData must not have a size greater than 1000.',
    });
  });

  test('into AWS’s own namespaces is for AWS’s services', async () => {
    const { core } = metrics();
    const caller = {
      principal: {
        type: 'service',
        accountId: '000000000000',
        arn: 'lambda.amazonaws.com',
        service: 'lambda.amazonaws.com',
      },
    } as const;
    const lambda = core.clients.of('cloudwatch', { caller, region: 'us-east-1' }) as CloudWatch;

    await lambda.putMetricData({
      Namespace: 'AWS/Lambda',
      MetricData: [{ MetricName: 'Errors', Value: 1 }],
    });

    const { Metrics } = await lambda.listMetrics({ Namespace: 'AWS/Lambda' });
    expect(Metrics).toEqual([{ Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [] }]);
  });
});

describe('a statistic', () => {
  test.each([
    ['p50', 50],
    ['p99', 99],
    ['p99.9', 100],
    ['p0', 1],
    ['tm90', 45.5],
    ['TM(10%:90%)', 50.5],
    ['TM(10:20)', 15.5],
    ['wm90', 49.95],
    ['WM(10:90)', 50.4],
    ['tc90', 90],
    ['TC(:10)', 10],
    ['ts10', 55],
    ['PR(:25)', 25],
    ['PR(25:75)', 50],
    ['IQM', 50.5],
  ])('%s of the numbers from 1 to 100 is %d', async (name, expected) => {
    const { put, statistic } = metrics();
    await put({ Values: hundred });

    const [value] = await statistic(name);

    expect(value).toBeCloseTo(expected, 6);
  });

  test('that is none is refused', async () => {
    const { statistic } = metrics();

    await expect(statistic('p101')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('is simple or extended, not both at once', async () => {
    const { cloudwatch } = metrics();

    await expect(
      cloudwatch.getMetricStatistics({
        Namespace: 'Shop',
        MetricName: 'Orders',
        StartTime: new Date('2026-01-01T00:00:00Z'),
        EndTime: new Date('2026-01-01T00:05:00Z'),
        Period: 60,
        Statistics: ['Sum'],
        ExtendedStatistics: ['p50'],
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });
});
