import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import { emulated } from '../../../test/support/emulated';

const busArn = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const archiveArn = 'arn:aws:events:us-east-1:000000000000:archive/orders';
const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/paid';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';

async function withArchive(archive: { EventPattern?: string; RetentionDays?: number } = {}) {
  const lab = emulated();
  const events = lab.client(EventBridge);
  const sqs = lab.client(SQS);
  const { QueueUrl } = await sqs.createQueue({
    QueueName: 'inbox',
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
        },
      }),
    },
  });
  await events.createArchive({ ArchiveName: 'orders', EventSourceArn: busArn, ...archive });
  return {
    ...lab,
    events,
    put: (id: number, Source = 'shop') =>
      events.putEvents({
        Entries: [
          { Source, DetailType: 'Order', Detail: JSON.stringify({ id }), Time: lab.clock.now() },
        ],
      }),
    /** A rule that comes after the events. */
    watch: async (): Promise<void> => {
      await events.putRule({ Name: 'paid', EventPattern: '{"source":["shop"]}' });
      await events.putTargets({ Rule: 'paid', Targets: [{ Id: 'inbox', Arn: queueArn }] });
    },
    replay: (more: { FilterArns?: string[] } = {}) =>
      events.startReplay({
        ReplayName: 'again',
        EventSourceArn: archiveArn,
        EventStartTime: new Date('2026-01-01T00:00:00Z'),
        EventEndTime: new Date('2026-01-01T01:00:00Z'),
        Destination: { Arn: busArn, ...more },
      }),
    received: async () => {
      await lab.clock.settle();
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      return Messages.map(
        ({ Body = '' }) => JSON.parse(Body) as { detail: { id: number }; [name: string]: unknown },
      );
    },
  };
}

describe('an archive', () => {
  test('keeps the events that it is for, and says how many', async () => {
    const { events, put, clock } = await withArchive({ EventPattern: '{"source":["shop"]}' });
    await put(1);
    await put(2, 'stock');
    await clock.settle();

    await expect(events.describeArchive({ ArchiveName: 'orders' })).resolves.toMatchObject({
      ArchiveArn: archiveArn,
      EventSourceArn: busArn,
      State: 'ENABLED',
      RetentionDays: 0,
      EventCount: 1,
      EventPattern: '{"source":["shop"]}',
    });
  });

  test('is fed by a rule that AWS manages', async () => {
    const { events } = await withArchive({ EventPattern: '{"source":["shop"]}' });

    await expect(events.describeRule({ Name: 'Events-Archive-orders' })).resolves.toMatchObject({
      EventPattern: '{"source":["shop"],"replay-name":[{"exists":false}]}',
      ManagedBy: 'prod.vhs.events.aws.internal',
    });
    await expect(
      events.listTargetsByRule({ Rule: 'Events-Archive-orders' }),
    ).resolves.toMatchObject({
      Targets: [{ Id: 'Events-Archive-orders', Arn: 'arn:aws:events:us-east-1:::' }],
    });
    await expect(events.disableRule({ Name: 'Events-Archive-orders' })).rejects.toMatchObject({
      name: 'ManagedRuleException',
    });
    await events.deleteArchive({ ArchiveName: 'orders' });
    await expect(events.listRules({})).resolves.toMatchObject({ Rules: [] });
  });

  test('forgets what is older than its retention', async () => {
    const { events, put, clock } = await withArchive({ RetentionDays: 1 });
    await put(1);
    await clock.advance('12h');
    await put(2);
    await clock.advance('13h');

    await expect(events.listArchives({})).resolves.toMatchObject({
      Archives: [{ ArchiveName: 'orders', EventCount: 1 }],
    });
  });

  test('updated keeps what the new pattern says', async () => {
    const { events, put, clock } = await withArchive();
    await events.updateArchive({ ArchiveName: 'orders', EventPattern: '{"source":["stock"]}' });
    await put(1);
    await put(2, 'stock');
    await clock.settle();

    await expect(events.describeArchive({ ArchiveName: 'orders' })).resolves.toMatchObject({
      EventCount: 1,
    });
  });

  test.each([
    [
      { ArchiveName: 'orders', EventSourceArn: busArn },
      'ResourceAlreadyExistsException',
      'Archive orders already exists.',
    ],
    [
      { ArchiveName: 'a', EventSourceArn: busArn.replace('default', 'nope') },
      'ResourceNotFoundException',
      'Event bus nope does not exist.',
    ],
    [
      { ArchiveName: 'a'.repeat(49), EventSourceArn: busArn },
      'ValidationException',
      `1 validation error detected: Value '${'a'.repeat(49)}' at 'archiveName' failed to satisfy constraint: Member must have length less than or equal to 48`,
    ],
    [
      { ArchiveName: 'a', EventSourceArn: busArn, EventPattern: '{}' },
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: Empty objects are not allowed\n at [Source: (String)"{}"; line: 1, column: 3]',
    ],
  ])(
    'is refused: case %# (LocalStack test_archive_and_replay.py)',
    async (archive, name, message) => {
      const { events } = await withArchive();

      await expect(events.createArchive(archive)).rejects.toMatchObject({ name, message });
    },
  );
});

describe('a replay', () => {
  test('brings events back with its name and new ids, minute by minute', async () => {
    const { put, watch, replay, received, clock } = await withArchive();
    const { Entries } = await put(1);
    await clock.advance('5m');
    await put(2);
    await clock.advance('1h');
    await watch();
    await expect(replay()).resolves.toMatchObject({ State: 'STARTING' });
    expect(await received()).toEqual([]);

    await clock.advance('1s');
    const first = await received();
    expect(first).toMatchObject([
      { detail: { id: 1 }, time: '2026-01-01T00:00:00Z', 'replay-name': 'again' },
    ]);
    expect(first[0]?.['id']).not.toBe(Entries?.[0]?.EventId);
    await clock.advance('1s');
    expect(await received()).toMatchObject([{ detail: { id: 2 }, time: '2026-01-01T00:05:00Z' }]);
  });

  test('ends, says where it came to, and is archived by no archive', async () => {
    const { events, put, replay, clock } = await withArchive();
    await put(1);
    await clock.advance('1h');
    await replay();
    await clock.advance('1m');

    await expect(events.describeReplay({ ReplayName: 'again' })).resolves.toMatchObject({
      State: 'COMPLETED',
      EventLastReplayedTime: new Date('2026-01-01T00:00:00Z'),
      ReplayStartTime: new Date('2026-01-01T01:00:00Z'),
      ReplayEndTime: new Date('2026-01-01T01:00:02Z'),
    });
    await expect(events.describeArchive({ ArchiveName: 'orders' })).resolves.toMatchObject({
      EventCount: 1,
    });
  });

  test('leaves out events outside its window', async () => {
    const { put, watch, replay, received, clock } = await withArchive();
    await clock.advance('1h');
    await put(1);
    await watch();
    await replay();
    await clock.advance('1m');

    expect(await received()).toEqual([]);
  });

  test.each([
    [[ruleArn], 1],
    [[`${ruleArn}-other`], 0],
  ])('for the rules %p brings %p', async (FilterArns, count) => {
    const { put, watch, replay, received, clock } = await withArchive();
    await put(1);
    await clock.settle();
    await watch();
    await replay({ FilterArns });
    await clock.advance('1m');

    expect(await received()).toHaveLength(count);
  });

  test('that is cancelled stops', async () => {
    const { events, put, watch, replay, received, clock } = await withArchive();
    await put(1);
    await clock.settle();
    await watch();
    await replay();
    await expect(events.cancelReplay({ ReplayName: 'again' })).resolves.toMatchObject({
      State: 'CANCELLING',
    });
    await clock.advance('1m');

    expect(await received()).toEqual([]);
    await expect(events.listReplays({ State: 'CANCELLED' })).resolves.toMatchObject({
      Replays: [{ ReplayName: 'again' }],
    });
    await expect(events.cancelReplay({ ReplayName: 'again' })).rejects.toMatchObject({
      name: 'IllegalStatusException',
    });
  });

  test('of an archive that is gone meanwhile fails', async () => {
    const { events, put, replay, clock } = await withArchive();
    await put(1);
    await replay();
    await events.deleteArchive({ ArchiveName: 'orders' });
    await clock.advance('1m');

    await expect(events.describeReplay({ ReplayName: 'again' })).resolves.toMatchObject({
      State: 'FAILED',
      StateReason: 'Archive resource not found.',
    });
  });

  test.each([
    [
      { Destination: { Arn: 'arn:aws:sqs:us-east-1:000000000000:inbox' } },
      'Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.',
    ],
    [
      { EventSourceArn: archiveArn.replace('orders', 'nope') },
      'Parameter EventSourceArn is not valid. Reason: Archive nope does not exist.',
    ],
    [
      { EventEndTime: new Date('2025-01-01T00:00:00Z') },
      'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
    ],
    [
      { Destination: { Arn: busArn.replace('default', 'other') } },
      'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
    ],
  ])('is refused: case %# (LocalStack test_archive_and_replay.py)', async (more, message) => {
    const { events } = await withArchive();
    await events.createEventBus({ Name: 'other' });

    await expect(
      events.startReplay({
        ReplayName: 'again',
        EventSourceArn: archiveArn,
        EventStartTime: new Date('2026-01-01T00:00:00Z'),
        EventEndTime: new Date('2026-01-01T01:00:00Z'),
        Destination: { Arn: busArn },
        ...more,
      }),
    ).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('is one of ten at most that run at the same time', async () => {
    const { events, clock } = await withArchive();
    const start = (ReplayName: string) =>
      events.startReplay({
        ReplayName,
        EventSourceArn: archiveArn,
        EventStartTime: new Date('2026-01-01T00:00:00Z'),
        EventEndTime: new Date('2026-01-01T01:00:00Z'),
        Destination: { Arn: busArn },
      });
    for (const name of 'abcdefghij') await start(name);

    await expect(start('k')).rejects.toMatchObject({ name: 'LimitExceededException' });
    await clock.advance('1h');
    await expect(start('k')).resolves.toMatchObject({ State: 'STARTING' });
  });

  test('is listed by one filter at a time', async () => {
    const { events } = await withArchive();

    await expect(events.listReplays({ NamePrefix: 'a', State: 'RUNNING' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
