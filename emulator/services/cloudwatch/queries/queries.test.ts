import { CloudWatch, type MetricDataQuery, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import { emulated } from '../../../../test/support/emulated';

const minute = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count));

const query = (Id: string, Stat = 'Sum', more: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 60, Stat },
  ...more,
});

function shop() {
  const { client, clock, core } = emulated();
  const cloudwatch = client(CloudWatch);
  const put = (...data: Partial<MetricDatum>[]) =>
    cloudwatch.putMetricData({
      Namespace: 'Shop',
      MetricData: data.map((datum) => ({ MetricName: 'Orders', ...datum })),
    });
  /** 1 in the first minute, 2 in the second, … */
  const counting = (minutes: number) =>
    put(
      ...Array.from({ length: minutes }, (_, index) => ({
        Value: index + 1,
        Timestamp: minute(index),
      })),
    );
  const ask = (MetricDataQueries: MetricDataQuery[], more = {}) =>
    cloudwatch.getMetricData({
      StartTime: minute(0),
      EndTime: minute(60),
      ScanBy: 'TimestampAscending',
      MetricDataQueries,
      ...more,
    });
  return { cloudwatch, clock, core, put, counting, ask };
}

describe('GetMetricData', () => {
  test('answers the newest first unless it is told otherwise', async () => {
    const { counting, ask } = shop();
    await counting(3);

    const { MetricDataResults, Messages } = await ask([query('m1')], { ScanBy: undefined });

    expect(Messages).toEqual([]);
    expect(MetricDataResults).toEqual([
      {
        Id: 'm1',
        Label: 'Orders',
        StatusCode: 'Complete',
        Timestamps: [minute(2), minute(1), minute(0)],
        Values: [3, 2, 1],
      },
    ]);
  });

  test('gathers minutes into periods that begin at the start', async () => {
    const { counting, ask } = shop();
    await counting(6);

    const { MetricDataResults: [result] = [] } = await ask([query('m1')], { StartTime: minute(1) });
    const { MetricDataResults: [wide] = [] } = await ask(
      [
        query('m1', 'Sum', {
          MetricStat: {
            Metric: { Namespace: 'Shop', MetricName: 'Orders' },
            Period: 180,
            Stat: 'Sum',
          },
        }),
      ],
      { StartTime: minute(1) },
    );

    expect(result?.Values).toEqual([2, 3, 4, 5, 6]);
    expect(wide?.Timestamps).toEqual([minute(1), minute(4)]);
    expect(wide?.Values).toEqual([9, 11]);
  });

  test('tells statistics apart in its labels, and fills in those that are given', async () => {
    const { counting, ask } = shop();
    await counting(3);

    const { MetricDataResults = [] } = await ask([
      query('m1', 'Sum'),
      query('m2', 'Maximum'),
      query('m3', 'Sum', { Label: "${PROP('MetricName')}: max ${MAX}, last ${LAST}, sum ${SUM}" }),
      { Id: 'e1', Expression: 'm1 * 2' },
    ]);

    expect(MetricDataResults.map(({ Label }) => Label)).toEqual([
      'Orders Sum',
      'Orders Maximum',
      'Orders: max 3, last 3, sum 6',
      'e1',
    ]);
  });

  test('works expressions out over metrics and other expressions', async () => {
    const { counting, ask } = shop();
    await counting(3);

    const { MetricDataResults = [] } = await ask([
      query('m1', 'Sum', { ReturnData: false }),
      { Id: 'twice', Expression: 'm1 * 2', ReturnData: false },
      { Id: 'all', Expression: 'SUM([twice, m1])' },
    ]);

    expect(MetricDataResults.map(({ Id, Values }) => [Id, Values])).toEqual([['all', [3, 6, 9]]]);
  });

  test('pages by data points and says what is not complete', async () => {
    const { counting, ask } = shop();
    await counting(3);
    const queries = [query('m1'), query('m2', 'Maximum')];

    const first = await ask(queries, { MaxDatapoints: 4 });
    const second = await ask(queries, { MaxDatapoints: 4, NextToken: first.NextToken });

    const shown = ({ MetricDataResults = [] }: typeof first) =>
      MetricDataResults.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]);
    expect(shown(first)).toEqual([
      ['m1', [1, 2, 3], 'Complete'],
      ['m2', [1], 'PartialData'],
    ]);
    expect(shown(second)).toEqual([['m2', [2, 3], 'Complete']]);
    expect(second.NextToken).toBeUndefined();
  });

  test('takes one unit of several and says so', async () => {
    const { put, ask } = shop();
    await put({ Value: 1, Unit: 'Seconds' }, { Value: 60_000, Unit: 'Milliseconds' });

    const { MetricDataResults: [result] = [] } = await ask([query('m1')]);

    expect(result?.Values).toEqual([60_000]);
    expect(result?.Messages).toEqual([
      { Code: 'MultipleUnits', Value: "Multiple units returned: '[Milliseconds, Seconds]'" },
    ]);
  });

  test('sees seconds of high-resolution data for three hours', async () => {
    const { put, ask, clock } = shop();
    await put(
      { Value: 1, StorageResolution: 1, Timestamp: new Date('2026-01-01T00:00:03Z') },
      { Value: 2, StorageResolution: 1, Timestamp: new Date('2026-01-01T00:00:12Z') },
      { Value: 4 },
    );
    const fine = query('m1', 'Sum', {
      MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 10, Stat: 'Sum' },
    });

    const { MetricDataResults: [result] = [] } = await ask([fine]);
    await clock.advance('4h');
    await put({ Value: 0 });
    const { MetricDataResults: [later] = [] } = await ask([fine]);
    const { MetricDataResults: [whole] = [] } = await ask([query('m1')]);

    expect(result?.Values).toEqual([1, 2]);
    expect(later?.Values).toEqual([]);
    expect(whole?.Values).toEqual([7]);
  });

  test('keeps data that is older than 15 days in periods of five minutes', async () => {
    const { counting, put, ask, clock } = shop();
    await counting(6);
    await clock.advance(16 * 24 * 3600_000);
    await put({ Value: 0 });
    const wide = query('m1', 'Sum', {
      MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 300, Stat: 'Sum' },
    });

    const { MetricDataResults: [fine] = [] } = await ask([query('m1')]);
    const { MetricDataResults: [coarse] = [] } = await ask([wide]);

    expect(fine?.Values).toEqual([]);
    expect(coarse?.Values).toEqual([15, 6]);
  });

  test.each([
    [
      [query('M1')],
      'The value M1 for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.',
    ],
    [
      [query('m1'), query('m1')],
      'The values for parameter id in MetricDataQueries are not unique.',
    ],
    [
      [query('m1', 'Sum', { Period: 60 })],
      'The parameters MetricDataQueries.member.1.Period and MetricDataQueries.member.1.MetricStat are mutually exclusive and you have specified both.',
    ],
    [
      [
        { Id: 'e1', Expression: 'e2' },
        { Id: 'e2', Expression: 'e1' },
      ],
      'refers to itself',
    ],
    [[{ Id: 'e1', Expression: 'nope + 1' }], "Error in expression 'e1': Undefined id 'nope'"],
    [
      [{ Id: 'q1', Expression: 'SELECT AVG(Orders) FROM Shop' }],
      'Metrics Insights queries (SELECT) are not emulated.',
    ],
    [
      [{ Id: 's1', Expression: "SEARCH('{Shop} Orders', 'Sum')" }],
      "Error in expression 's1': The function SEARCH is not emulated",
    ],
  ] as [MetricDataQuery[], string][])(
    'of %j is refused (texts unverified)',
    async (queries, message) => {
      const { ask } = shop();

      await expect(ask(queries)).rejects.toThrow(message);
    },
  );
});

describe('GetMetricStatistics', () => {
  const range = {
    Namespace: 'Shop',
    MetricName: 'Orders',
    StartTime: minute(0),
    EndTime: minute(60),
    Period: 300,
  };

  test('answers what is asked for, by unit', async () => {
    const { cloudwatch, put } = shop();
    await put({ Values: [1, 2, 3, 10], Unit: 'Count' }, { Value: 7 });

    const { Label, Datapoints } = await cloudwatch.getMetricStatistics({
      ...range,
      Statistics: ['Sum', 'Maximum'],
    });
    const extended = await cloudwatch.getMetricStatistics({
      ...range,
      ExtendedStatistics: ['p50'],
    });

    expect(Label).toBe('Orders');
    expect(Datapoints).toEqual([
      { Timestamp: minute(0), Sum: 16, Maximum: 10, Unit: 'Count' },
      { Timestamp: minute(0), Sum: 7, Maximum: 7, Unit: 'None' },
    ]);
    expect(extended.Datapoints).toEqual([
      { Timestamp: minute(0), Unit: 'Count', ExtendedStatistics: { p50: 2 } },
      { Timestamp: minute(0), Unit: 'None', ExtendedStatistics: { p50: 7 } },
    ]);
  });

  test('takes plain statistics or extended ones, not both', async () => {
    const { cloudwatch } = shop();

    await expect(
      cloudwatch.getMetricStatistics({
        ...range,
        Statistics: ['Sum'],
        ExtendedStatistics: ['p50'],
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });

  test('of too many points, of none, or backwards, is refused', async () => {
    const { cloudwatch } = shop();

    await expect(
      cloudwatch.getMetricStatistics({
        ...range,
        Period: 1,
        StartTime: minute(0),
        Statistics: ['Sum'],
      }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await expect(cloudwatch.getMetricStatistics(range)).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    });
    await expect(
      cloudwatch.getMetricStatistics({ ...range, EndTime: minute(0), Statistics: ['Sum'] }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

test('ListMetrics filters by dimension and by what has had data of late', async () => {
  const { cloudwatch, put, clock } = shop();
  const of = (Service: string) => [{ Name: 'Service', Value: Service }];
  await put({ Value: 1, Dimensions: of('checkout') }, { Value: 1 });
  await clock.advance('4h');
  await put({ Value: 1, Dimensions: of('payment') });
  const services = async (more: Parameters<typeof cloudwatch.listMetrics>[0]) =>
    (await cloudwatch.listMetrics({ Namespace: 'Shop', ...more })).Metrics?.map(
      ({ Dimensions: [dimension] = [] }) => dimension?.Value,
    );

  expect(await services({})).toEqual(['checkout', undefined, 'payment']);
  expect(await services({ Dimensions: [{ Name: 'Service' }] })).toEqual(['checkout', 'payment']);
  expect(await services({ Dimensions: of('checkout') })).toEqual(['checkout']);
  expect(await services({ RecentlyActive: 'PT3H' })).toEqual(['payment']);
});

test('older clients reach it with forms', async () => {
  const { core, ask } = shop();
  const body = Object.entries({
    Action: 'PutMetricData',
    Version: '2010-08-01',
    Namespace: 'Shop',
    'MetricData.member.1.MetricName': 'Orders',
    'MetricData.member.1.Value': '4',
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

  const { status, body: answer } = await core.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: Buffer.from(body),
  });

  expect(status).toBe(200);
  expect(String(answer)).toContain('<PutMetricDataResponse');
  const { MetricDataResults: [result] = [] } = await ask([query('m1')]);
  expect(result?.Values).toEqual([4]);
});
