import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulated } from '../../../test/support/emulated';

const start = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const day = 86_400_000;

async function withStream(settings: { retentionInDays?: number; folder?: string } = {}) {
  const lab = emulated(settings.folder === undefined ? {} : { folder: settings.folder });
  const logs = lab.client(CloudWatchLogs);
  const at = { logGroupName: '/shop/checkout', logStreamName: 'one' };
  await logs.createLogGroup({ logGroupName: at.logGroupName });
  await logs.createLogStream(at);
  if (settings.retentionInDays !== undefined)
    await logs.putRetentionPolicy({
      logGroupName: at.logGroupName,
      retentionInDays: settings.retentionInDays,
    });
  const put = (...messages: [number, string][]) =>
    logs.putLogEvents({
      ...at,
      logEvents: messages.map(([timestamp, message]) => ({ timestamp, message })),
    });
  const messages = async (more: object = {}) => {
    const { events = [] } = await logs.getLogEvents({ ...at, startFromHead: true, ...more });
    return events.map(({ message }) => message);
  };
  return { ...lab, logs, at, put, messages };
}

describe('PutLogEvents', () => {
  test('keeps what was written, and answers a token that nobody needs', async () => {
    const { logs, at, put } = await withStream();

    expect((await put([start, 'first'], [start + 1, 'second'])).nextSequenceToken).toMatch(
      /^\d{56}$/,
    );
    await logs.putLogEvents({
      ...at,
      logEvents: [{ timestamp: start - 5, message: 'late' }],
      sequenceToken: 'of no meaning',
    });

    const { events } = await logs.getLogEvents({ ...at, startFromHead: true });
    expect(events).toEqual([
      { timestamp: start - 5, message: 'late', ingestionTime: start },
      { timestamp: start, message: 'first', ingestionTime: start },
      { timestamp: start + 1, message: 'second', ingestionTime: start },
    ]);
    const { logStreams } = await logs.describeLogStreams({ logGroupName: at.logGroupName });
    expect(logStreams).toEqual([
      {
        logStreamName: 'one',
        creationTime: start,
        firstEventTimestamp: start - 5,
        lastEventTimestamp: start + 1,
        lastIngestionTime: start,
        uploadSequenceToken: expect.any(String) as string,
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/shop/checkout:log-stream:one',
        storedBytes: 0,
      },
    ]);
  });

  test('tells which events are too old or too new, and keeps the others', async () => {
    const { put, messages } = await withStream();
    expect(
      await put([start - 14 * day - 1, 'old'], [start - 14 * day, 'just in time']),
    ).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });

    expect(
      await put([start, 'now'], [start + 120 * minute, 'ahead'], [start + 120 * minute + 1, 'new']),
    ).toMatchObject({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 2 } });

    expect(await messages()).toEqual(['just in time', 'now', 'ahead']);
  });

  test('does not take what retention would drop', async () => {
    const { put, messages } = await withStream({ retentionInDays: 1 });

    expect(await put([start - day - 1, 'expired'], [start - day, 'not yet'])).toMatchObject({
      rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 },
    });
    expect(await messages()).toEqual(['not yet']);
  });

  test('wants events in order, within a day and a mebibyte (texts unverified, the first: LocalStack test_logs_events.py)', async () => {
    const { put } = await withStream();

    await expect(put([start, 'b'], [start - 1, 'a'])).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Log events in a single PutLogEvents request must be in chronological order.',
    });
    await expect(put([start - day - 1, 'a'], [start, 'b'])).rejects.toThrow(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
    await expect(put([start, 'x'.repeat(1_048_551)])).rejects.toThrow(
      'Upload too large: 1048577 bytes exceeds limit of 1048576',
    );
    await expect(put([start, ''])).rejects.toThrow(
      "1 validation error detected: Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    await expect(put([start, 'x'.repeat(1_048_550)])).resolves.toBeDefined();
  });
});

describe('GetLogEvents', () => {
  test('goes forward page by page until the token stays the same, and on from there later', async () => {
    const { logs, at, put } = await withStream();
    await put([start, 'a'], [start + 1, 'b'], [start + 2, 'c']);
    const read = (nextToken?: string) =>
      logs.getLogEvents({ ...at, startFromHead: true, limit: 2, ...(nextToken && { nextToken }) });

    const first = await read();
    const second = await read(first.nextForwardToken);
    const third = await read(second.nextForwardToken);

    expect(
      [first, second, third].map(({ events }) => events?.map((event) => event.message)),
    ).toEqual([['a', 'b'], ['c'], []]);
    expect(third.nextForwardToken).toBe(second.nextForwardToken);
    await put([start + 3, 'd']);
    expect((await read(third.nextForwardToken)).events).toMatchObject([{ message: 'd' }]);
    const back = await read(second.nextBackwardToken);
    expect(back.events).toMatchObject([{ message: 'a' }, { message: 'b' }]);
  });

  test('starts at the end unless told, and goes backward', async () => {
    const { logs, at, put } = await withStream();
    await put([start, 'a'], [start + 1, 'b'], [start + 2, 'c']);

    const last = await logs.getLogEvents({ ...at, limit: 2 });
    const before = await logs.getLogEvents({
      ...at,
      limit: 2,
      nextToken: last.nextBackwardToken ?? '',
    });

    expect(last.events).toMatchObject([{ message: 'b' }, { message: 'c' }]);
    expect(before.events).toMatchObject([{ message: 'a' }]);
  });

  test('takes the ARN of a group, but not the one with :* at its end (moto test_logs.py)', async () => {
    const { logs, put } = await withStream();
    await put([start, 'a']);
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/shop/checkout';
    const read = (logGroupIdentifier: string) =>
      logs.getLogEvents({ logGroupIdentifier, logStreamName: 'one' });

    expect((await read(arn)).events).toMatchObject([{ message: 'a' }]);
    await expect(read(`${arn}:*`)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value at 'logGroupIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w#+=/:,.@-]*",
    });
  });

  test('includes the start time and leaves out the end time', async () => {
    const { put, messages } = await withStream();
    await put([start, 'a'], [start + 1, 'b'], [start + 2, 'c']);

    expect(await messages({ startTime: start + 1, endTime: start + 2 })).toEqual(['b']);
  });

  test('an empty stream can be followed from its first token on', async () => {
    const { logs, at, put } = await withStream();
    const { events, nextForwardToken = '' } = await logs.getLogEvents(at);

    await put([start, 'a']);

    expect(events).toEqual([]);
    const { events: later } = await logs.getLogEvents({ ...at, nextToken: nextForwardToken });
    expect(later).toMatchObject([{ message: 'a' }]);
  });
});

test('events expire on the clock, and longer retention does not bring them back', async () => {
  const { logs, at, clock, put, messages } = await withStream({ retentionInDays: 1 });
  await put([start, 'a'], [start + minute, 'b']);

  await clock.advance(day + 1);
  expect(await messages()).toEqual(['b']);
  await logs.putRetentionPolicy({ logGroupName: at.logGroupName, retentionInDays: 7 });

  expect(await messages()).toEqual(['b']);
});

test('many events go into chunks and come back in order, also those that were late', async () => {
  const { logs, at, put, messages } = await withStream();
  const batch = (from: number): [number, string][] =>
    Array.from({ length: 600 }, (_, index) => [from + index * 2, `${from + index * 2 - start}`]);
  await put(...batch(start));
  await put(...batch(start + 1));
  await put([start + 3, 'late']);

  const all = await messages();

  expect(all).toHaveLength(1201);
  expect(all.slice(0, 6)).toEqual(['0', '1', '2', '3', 'late', '4']);
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: at.logGroupName });
  expect(logGroups[0]?.storedBytes).toBe(
    all.reduce((sum, message = '') => sum + message.length + 26, 0),
  );
});

test('chunks and the newest events are there again after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const { at, emulator, put } = await withStream({ folder });
  await put(...Array.from({ length: 600 }, (_, i): [number, string] => [start + i, `chunk ${i}`]));
  await put([start + 1, 'late']);
  await emulator.close();

  const logs = emulated({ folder }).client(CloudWatchLogs);
  const { events = [] } = await logs.getLogEvents({ ...at, startFromHead: true });

  expect(events.slice(0, 4).map(({ message }) => message)).toEqual([
    'chunk 0',
    'chunk 1',
    'late',
    'chunk 2',
  ]);
  expect(events).toHaveLength(601);
  rmSync(folder, { recursive: true });
});
