import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { emulated } from '../../../test/support/emulated';

const start = Date.parse('2026-01-01T00:00:00Z');
const seconds = start / 1000;

async function withEvents(count = 3) {
  const lab = emulated();
  const logs = lab.client(CloudWatchLogs);
  await logs.createLogGroup({ logGroupName: '/shop' });
  for (const logStreamName of ['one', 'two'])
    await logs.createLogStream({ logGroupName: '/shop', logStreamName });
  const put = (logStreamName: string, from: number) =>
    logs.putLogEvents({
      logGroupName: '/shop',
      logStreamName,
      logEvents: Array.from({ length: count }, (_, index) => ({
        timestamp: from + index * 2,
        message: JSON.stringify({ level: index % 2 ? 'error' : 'info', index }),
      })),
    });
  await put('one', start);
  await put('two', start + 1);
  return { ...lab, logs };
}

describe('FilterLogEvents', () => {
  test('interleaves streams by time, page by page', async () => {
    const { logs } = await withEvents();
    const read = async (nextToken?: string) => {
      const answer = await logs.filterLogEvents({
        logGroupName: '/shop',
        limit: 4,
        ...(nextToken && { nextToken }),
      });
      return {
        ...answer,
        seen: answer.events?.map(({ logStreamName, timestamp = 0 }) => [
          logStreamName,
          timestamp - start,
        ]),
      };
    };

    const first = await read();
    const second = await read(first.nextToken);

    expect(first.seen).toEqual([
      ['one', 0],
      ['two', 1],
      ['one', 2],
      ['two', 3],
    ]);
    expect(second.seen).toEqual([
      ['one', 4],
      ['two', 5],
    ]);
    expect(second.nextToken).toBeUndefined();
    expect(first.events?.[0]?.eventId).toMatch(/^\d{56}$/);
    expect(first.searchedLogStreams).toEqual([]);
  });

  test('finds by pattern, stream and time', async () => {
    const { logs } = await withEvents();
    const count = async (more: object) =>
      (await logs.filterLogEvents({ logGroupName: '/shop', ...more })).events?.length;

    expect(await count({ filterPattern: '{ $.level = "error" }' })).toBe(2);
    expect(await count({ logStreamNames: ['two'] })).toBe(3);
    expect(await count({ logStreamNamePrefix: 'o' })).toBe(3);
    expect(await count({ startTime: start + 1, endTime: start + 2 })).toBe(2);
    await expect(count({ filterPattern: 'a-b' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(count({ logStreamNames: ['none'] })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('a query', () => {
  test('is started, answers, and is remembered', async () => {
    const { logs, clock } = await withEvents();
    const { queryId } = await logs.startQuery({
      logGroupName: '/shop',
      startTime: seconds,
      endTime: seconds + 60,
      queryString:
        'filter level = "error" | stats count(*) as errors by @logStream | sort @logStream',
    });
    expect(await logs.getQueryResults({ queryId })).toMatchObject({ status: 'Running' });
    await clock.advance('1s');

    expect(await logs.getQueryResults({ queryId })).toMatchObject({
      status: 'Complete',
      results: [
        [
          { field: '@logStream', value: 'one' },
          { field: 'errors', value: '1' },
        ],
        [
          { field: '@logStream', value: 'two' },
          { field: 'errors', value: '1' },
        ],
      ],
      statistics: { recordsMatched: 2, recordsScanned: 6 },
    });
    expect((await logs.describeQueries({ logGroupName: '/shop' })).queries).toMatchObject([
      { queryId, status: 'Complete' },
    ]);
    await expect(logs.stopQuery({ queryId })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('is stopped while it runs, and answers nothing then', async () => {
    const { logs, clock } = await withEvents();
    const { queryId } = await logs.startQuery({
      logGroupName: '/shop',
      startTime: seconds,
      endTime: seconds + 60,
      queryString: 'fields index',
    });

    expect(await logs.stopQuery({ queryId })).toMatchObject({ success: true });
    await clock.advance('1m');
    expect(await logs.getQueryResults({ queryId })).toMatchObject({
      status: 'Cancelled',
      results: [],
    });
    expect((await logs.describeQueries({ status: 'Cancelled' })).queries).toMatchObject([
      { queryId },
    ]);
  });

  test('points at its records', async () => {
    const { logs, clock } = await withEvents();
    const { queryId } = await logs.startQuery({
      logGroupNames: ['/shop'],
      startTime: seconds,
      endTime: seconds,
      queryString: 'fields index | filter index = 1 and @logStream = "two"',
    });
    await clock.advance('1s');
    const { results = [] } = await logs.getQueryResults({ queryId });
    const pointer = results[0]?.find(({ field }) => field === '@ptr')?.value;

    expect(await logs.getLogRecord({ logRecordPointer: pointer ?? '' })).toMatchObject({
      logRecord: { level: 'error', index: '1', '@logStream': 'two' },
    });
  });

  test('that is malformed, of another language or of no group is refused at once (LocalStack test_logs_queries.py, the others unverified)', async () => {
    const { logs } = await withEvents();
    const ask = (more: object) =>
      logs.startQuery({
        logGroupName: '/shop',
        startTime: seconds,
        endTime: seconds,
        queryString: 'fields a',
        ...more,
      });

    await expect(ask({ queryString: 'fields @timestamp | count()' })).rejects.toMatchObject({
      name: 'MalformedQueryException',
      message: 'unexpected symbol found count at line 1 and position 20',
      queryCompileError: { location: { startCharOffset: 20, endCharOffset: 25 } },
    });
    await expect(ask({ queryLanguage: 'SQL' })).rejects.toThrow(
      'queries in SQL are not emulated; use CWLI',
    );
    await expect(ask({ logGroupName: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Log group 'none' does not exist for account ID '000000000000'",
    });
    await expect(logs.getQueryResults({ queryId: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

test('query definitions are kept, found by name, changed and deleted', async () => {
  const { logs } = await withEvents();
  const { queryDefinitionId } = await logs.putQueryDefinition({
    name: 'errors',
    queryString: 'filter level = "error"',
    logGroupNames: ['/shop'],
  });
  await logs.putQueryDefinition({
    queryDefinitionId,
    name: 'errors by stream',
    queryString: 'stats count(*) by @logStream',
  });

  expect(
    (await logs.describeQueryDefinitions({ queryDefinitionNamePrefix: 'err' })).queryDefinitions,
  ).toEqual([
    {
      queryLanguage: 'CWLI',
      queryDefinitionId,
      name: 'errors by stream',
      queryString: 'stats count(*) by @logStream',
      lastModified: start,
    },
  ]);
  expect(await logs.deleteQueryDefinition({ queryDefinitionId })).toMatchObject({ success: true });
  await expect(logs.deleteQueryDefinition({ queryDefinitionId })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('thousands of events are filtered and queried in one page', async () => {
  const { logs, clock } = await withEvents(5000);

  const { events } = await logs.filterLogEvents({
    logGroupName: '/shop',
    filterPattern: '{ $.index >= 2500 }',
  });
  const { queryId } = await logs.startQuery({
    logGroupName: '/shop',
    startTime: seconds,
    endTime: seconds + 60,
    queryString: 'stats count(*) as n by level | sort level',
  });
  await clock.advance('1s');

  expect(events).toHaveLength(5000);
  const { results } = await logs.getQueryResults({ queryId });
  expect(results?.map((row) => row.map(({ value }) => value))).toEqual([
    ['error', '5000'],
    ['info', '5000'],
  ]);
});
