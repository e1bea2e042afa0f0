import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs, type MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { emulated } from '../../../test/support/emulated';

const start = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;

async function withGroup(logGroupClass: 'STANDARD' | 'INFREQUENT_ACCESS' = 'STANDARD') {
  const lab = emulated();
  const logs = lab.client(CloudWatchLogs);
  const cloudwatch = lab.client(CloudWatch);
  const at = { logGroupName: '/shop', logStreamName: 'one' };
  await logs.createLogGroup({ logGroupName: '/shop', logGroupClass });
  await logs.createLogStream(at);
  const put = async (...messages: string[]) => {
    await logs.putLogEvents({
      ...at,
      logEvents: messages.map((message) => ({ timestamp: lab.clock.now().getTime(), message })),
    });
    await lab.clock.settle();
  };
  const filter = (
    filterPattern: string,
    more: Partial<MetricTransformation> = {},
    name = 'errors',
  ) =>
    logs.putMetricFilter({
      logGroupName: '/shop',
      filterName: name,
      filterPattern,
      metricTransformations: [
        { metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1', ...more },
      ],
    });
  /** Sum and count of each minute of the first hour that has a data point. */
  const points = async (MetricName = 'Errors', more: object = {}) => {
    const { Datapoints = [] } = await cloudwatch.getMetricStatistics({
      Namespace: 'Shop',
      MetricName,
      StartTime: new Date(start),
      EndTime: new Date(start + 60 * minute),
      Period: 60,
      Statistics: ['Sum', 'SampleCount'],
      ...more,
    });
    return Datapoints.map(({ Timestamp, Sum, SampleCount }) => [
      ((Timestamp?.getTime() ?? 0) - start) / minute,
      Sum,
      SampleCount,
    ]).toSorted(([one = 0], [other = 0]) => one - other);
  };
  return { ...lab, logs, cloudwatch, put, filter, points };
}

/** Has what AWS answered, under `rules/logs`. */
const measured = 'https://github.com/badmintoncryer/cdk-preflight';

describe('a metric filter', () => {
  test('counts what arrives after it was made, in the minute of the event', async () => {
    const { put, filter, points, clock } = await withGroup();
    await put('ERROR before');
    await filter('ERROR');
    await put('ERROR one', 'fine', 'ERROR two');
    await clock.advance('1m');
    await put('ERROR three');

    expect(await points()).toEqual([
      [0, 2, 2],
      [1, 1, 1],
    ]);
  });

  test('takes its value and dimensions from fields, and skips events without them', async () => {
    const { put, filter, points } = await withGroup();
    await filter('{ $.latency = * }', {
      metricName: 'Latency',
      metricValue: '$.latency',
      dimensions: { Path: '$.path' },
      unit: 'Milliseconds',
    });

    await put(
      '{"latency":120,"path":"/pay"}',
      '{"latency":80.5,"path":"/pay"}',
      '{"latency":"no","path":"/pay"}',
      '{"latency":5}',
    );

    expect(
      await points('Latency', {
        Dimensions: [{ Name: 'Path', Value: '/pay' }],
        Unit: 'Milliseconds',
      }),
    ).toEqual([[0, 200.5, 2]]);
    expect(await points('Latency')).toEqual([]);
  });

  test('takes values from space-delimited fields', async () => {
    const { put, filter, points } = await withGroup();
    await filter('[ip, status = 2*, bytes]', { metricName: 'Bytes', metricValue: '$bytes' });

    await put('10.0.0.1 200 512', '10.0.0.1 404 1', '10.0.0.2 201 8');

    expect(await points('Bytes')).toEqual([[0, 520, 2]]);
  });

  test('reports its default in minutes in which events arrived and none matched, and only then', async () => {
    const { put, filter, points, clock } = await withGroup();
    await filter('ERROR', { defaultValue: 0 });
    await put('fine', 'ERROR');
    await clock.advance('1m');
    await put('fine');
    await put('fine again');
    await clock.advance('3m');
    await put('fine');

    await clock.advance('10m');

    expect(await points()).toEqual([
      [0, 1, 1],
      [1, 0, 1],
      [4, 0, 1],
    ]);
  });

  test('without a default leaves its metric sparse', async () => {
    const { put, filter, points, clock } = await withGroup();
    await filter('ERROR');
    await put('fine');
    await clock.advance('2m');

    expect(await points()).toEqual([]);
  });

  test.each<{
    pattern?: string;
    more?: object;
    message: unknown;
    source: string;
  }>([
    {
      more: { defaultValue: 0, dimensions: { A: '$.a' } },
      message:
        'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
      source: measured,
    },
    {
      more: { dimensions: { A: '$.a' } },
      message: 'The specified filter pattern does not support dimensions',
      source: 'unverified',
    },
    {
      pattern: '{ $.a = * }',
      more: { dimensions: { A: 'constant' } },
      message: 'Invalid metric transformation: dimension value must be valid selector',
      source: measured,
    },
    {
      pattern: '{ $.a = * }',
      more: { dimensions: { A: '$.a', B: '$.a', C: '$.a', D: '$.a' } },
      message: 'Invalid metric transformation: at most 3 dimensions are allowed',
      source: 'unverified',
    },
    {
      pattern: '{ $.a = * }',
      more: { metricValue: 'many' },
      message: 'Invalid metric transformation: metric value must be number or valid selector',
      source: 'unverified',
    },
    {
      more: { metricName: 'a:b' },
      message:
        "1 validation error detected: Value 'a:b' at 'metricTransformations.1.member.metricName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*$]*",
      source: 'unverified',
    },
    {
      more: { metricNamespace: 'AWS/Shop' },
      message: 'Metric namespaces starting with AWS/ are reserved for AWS.',
      source: measured,
    },
    {
      more: { unit: 'Apples' as 'Count' },
      message: expect.stringContaining(
        "Value 'Apples' at 'metricTransformations.1.member.unit' failed to satisfy constraint: Member must satisfy enum value set: [",
      ),
      source: 'unverified',
    },
    { pattern: '{ broken', message: 'Invalid filter pattern', source: 'unverified' },
  ])(
    'with $pattern and $more is refused: $message ($source)',
    async ({ pattern = 'ERROR', more, message }) => {
      const { filter } = await withGroup();

      await expect(filter(pattern, more)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message,
      });
    },
  );

  test('has one transformation, and AWS shows what it got (LocalStack test_logs_metric_filters.py)', async () => {
    const { logs } = await withGroup();
    const transformation = (number: number) => ({
      metricName: `metric${number}`,
      metricNamespace: `namespace${number}`,
      metricValue: String(number),
    });

    await expect(
      logs.putMetricFilter({
        logGroupName: '/shop',
        filterName: 'two',
        filterPattern: '',
        metricTransformations: [transformation(1), transformation(2)],
      }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value '[MetricTransformation(metricName=metric1, metricNamespace=namespace1, metricValue=1, defaultValue=null, unit=null, dimensions=null), MetricTransformation(metricName=metric2, metricNamespace=namespace2, metricValue=2, defaultValue=null, unit=null, dimensions=null)]' at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1",
    });
  });

  test('needs a standard group, a name without colons, and room among a hundred (https://github.com/badmintoncryer/cdk-preflight)', async () => {
    const { filter } = await withGroup();
    await expect(filter('ERROR', {}, 'a:b')).rejects.toThrow(
      "Value 'a:b' at 'filterName' failed to satisfy constraint",
    );
    for (let index = 0; index < 100; index += 1) await filter('ERROR', {}, `f${index}`);
    await expect(filter('ERROR', {}, 'one more')).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    await expect(filter('WARN', {}, 'f0')).resolves.toBeDefined();

    const rare = await withGroup('INFREQUENT_ACCESS');
    await expect(rare.filter('ERROR')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('is described, by metric too, and deleted (text unverified)', async () => {
    const { logs, filter } = await withGroup();
    await filter('ERROR', { defaultValue: 0 });
    await filter('WARN', { metricName: 'Warnings' }, 'warnings');

    const { metricFilters } = await logs.describeMetricFilters({
      metricName: 'Errors',
      metricNamespace: 'Shop',
    });
    expect(metricFilters).toEqual([
      {
        filterName: 'errors',
        filterPattern: 'ERROR',
        logGroupName: '/shop',
        creationTime: start,
        applyOnTransformedLogs: false,
        metricTransformations: [
          { metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1', defaultValue: 0 },
        ],
      },
    ]);
    expect((await logs.describeLogGroups({})).logGroups?.[0]?.metricFilterCount).toBe(2);
    await logs.deleteMetricFilter({ logGroupName: '/shop', filterName: 'errors' });
    await expect(
      logs.deleteMetricFilter({ logGroupName: '/shop', filterName: 'errors' }),
    ).rejects.toThrow('The specified metric filter does not exist.');
  });
});

test('TestMetricFilter answers which messages match, and what was extracted (text unverified)', async () => {
  const { logs } = await withGroup();

  const { matches } = await logs.testMetricFilter({
    filterPattern: '[ip, status = 4*, bytes]',
    logEventMessages: ['1.1.1.1 200 1', '2.2.2.2 404 2'],
  });

  expect(matches).toEqual([
    {
      eventNumber: 2,
      eventMessage: '2.2.2.2 404 2',
      extractedValues: { $ip: '2.2.2.2', $status: '404', $bytes: '2' },
    },
  ]);
  await expect(
    logs.testMetricFilter({ filterPattern: '{ $.a }', logEventMessages: ['x'] }),
  ).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Invalid filter pattern' });
});

describe('an event in the embedded metric format', () => {
  const document = (directive: object = {}, members: object = {}) =>
    JSON.stringify({
      _aws: {
        Timestamp: start,
        CloudWatchMetrics: [
          {
            Namespace: 'Shop',
            Dimensions: [['Path'], []],
            Metrics: [{ Name: 'Latency', Unit: 'Milliseconds' }, { Name: 'Tries' }],
            ...directive,
          },
        ],
      },
      Path: '/pay',
      Latency: [10, 30],
      Tries: 2,
      ...members,
    });

  test('becomes metrics, one for each set of dimensions', async () => {
    const { put, points } = await withGroup();

    await put(document(), `2026-01-01T00:00:00.000Z\tid\tINFO\t${document()}`);

    const Dimensions = [{ Name: 'Path', Value: '/pay' }];
    expect(await points('Latency', { Dimensions, Unit: 'Milliseconds' })).toEqual([[0, 80, 4]]);
    expect(await points('Latency')).toEqual([[0, 80, 4]]);
    expect(await points('Tries', { Dimensions })).toEqual([[0, 4, 2]]);
  });

  test.each([
    ['a name space of AWS', document({ Namespace: 'AWS/Lambda' }), 'EMFValidationErrors'],
    ['a dimension that is no text', document({}, { Path: 1 }), 'EMFValidationErrors'],
    ['a metric that is no number', document({}, { Tries: 'two' }), 'EMFValidationErrors'],
    [
      'a unit of its own',
      document({ Metrics: [{ Name: 'Tries', Unit: 'Parsecs' }] }),
      'EMFValidationErrors',
    ],
    ['no time', document().replace('"Timestamp"', '"Time"'), 'EMFValidationErrors'],
    ['something behind it', `${document()} done`, 'EMFParsingErrors'],
  ])('with %s is a log event and counted as an error', async (_, message, metric) => {
    const { put, points, logs } = await withGroup();

    await put(message);

    expect(await points('Tries')).toEqual([]);
    expect(
      await points(metric, {
        Namespace: 'AWS/Logs',
        Dimensions: [{ Name: 'LogGroupName', Value: '/shop' }],
      }),
    ).toEqual([[0, 1, 1]]);
    const { events } = await logs.getLogEvents({ logGroupName: '/shop', logStreamName: 'one' });
    expect(events).toMatchObject([{ message }]);
  });
});
