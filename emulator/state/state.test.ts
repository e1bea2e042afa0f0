import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulated } from '../../test/support/emulated';
import { decodeState, encodeState } from './codec';
import { Log } from './log';
import { migrate } from './migrations';
import { toJoin, withinCap } from './segments';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dop-labs-state-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifest = () => join(folder, 'manifest.json');

const fileOf = (store: string) =>
  join(
    folder,
    (JSON.parse(readFileSync(manifest(), 'utf8')) as { files: Record<string, string> }).files[
      store
    ] ?? '',
  );

async function groupNames(lines: string[] = []): Promise<(string | undefined)[]> {
  const { client } = emulated({ folder, log: (line) => lines.push(line) });
  const { SecurityGroups = [] } = await client(EC2).describeSecurityGroups({});
  return SecurityGroups.map((group) => group.GroupName);
}

async function withGroup(name: string): Promise<void> {
  const { client, emulator } = emulated({ folder });
  await client(EC2).createSecurityGroup({ GroupName: name, Description: 'kept' });
  await emulator.close();
}

test('what one emulator wrote, the next one knows', async () => {
  await withGroup('kept');

  await expect(groupNames()).resolves.toContain('kept');
});

test('an emulator that dies without closing loses only what was not flushed', async () => {
  const { client, emulator } = emulated({ folder });
  await client(EC2).createSecurityGroup({ GroupName: 'flushed', Description: 'x' });
  await emulator.flush();
  await client(EC2).createSecurityGroup({ GroupName: 'lost', Description: 'x' });

  const names = await groupNames();

  expect(names).toContain('flushed');
  expect(names).not.toContain('lost');
});

test('ids go on where they stopped, so none is drawn twice', async () => {
  await withGroup('one');
  await withGroup('two');
  const { client } = emulated({ folder });

  const { SecurityGroups = [] } = await client(EC2).describeSecurityGroups({});

  expect(new Set(SecurityGroups.map((group) => group.GroupId)).size).toBe(SecurityGroups.length);
});

test('a clock that was moved on goes on from there, also when nothing else changed', async () => {
  const { clock, emulator } = emulated({ folder });
  await clock.advance('37m');
  await emulator.close();

  expect(emulated({ folder }).clock.now()).toEqual(new Date('2026-01-01T00:37:00Z'));
});

test('a damaged store is set aside with a message and starts empty', async () => {
  await withGroup('kept');
  const damaged = fileOf('000000000000/us-east-1/ec2');
  writeFileSync(damaged, '{"format":1,"store":');
  const lines: string[] = [];

  await expect(groupNames(lines)).resolves.toEqual(['default']);

  expect(lines.join('\n')).toContain(
    '000000000000/us-east-1/ec2 is damaged and starts empty; kept at',
  );
  expect(readFileSync(`${damaged}.damaged`, 'utf8')).toBe('{"format":1,"store":');
});

test('a damaged manifest is set aside with a message', async () => {
  await withGroup('kept');
  writeFileSync(manifest(), 'not json');
  const lines: string[] = [];

  await expect(groupNames(lines)).resolves.toEqual(['default']);

  expect(lines.join('\n')).toContain('the manifest is damaged');
  expect(readdirSync(folder)).toContain('manifest.json.damaged');
});

test('a state file of a newer version is set aside, not misread', async () => {
  await withGroup('kept');
  const file = fileOf('000000000000/us-east-1/ec2');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"format":2', '"format":99'));

  await expect(groupNames()).resolves.toEqual(['default']);
});

test('a manifest of a newer version is refused with a message, and nothing is touched', async () => {
  await withGroup('kept');
  const newer = readFileSync(manifest(), 'utf8').replace('"format":2', '"format":99');
  writeFileSync(manifest(), newer);

  expect(() => emulated({ folder })).toThrow(
    `the state in ${folder} is of format 99, which only a newer DOP Labs reads: update, or move the folder away`,
  );

  expect(readFileSync(manifest(), 'utf8')).toBe(newer);
  expect(existsSync(fileOf('000000000000/us-east-1/ec2'))).toBe(true);
});

test('what the first format kept is there, and a flush writes it in today’s', async () => {
  cpSync(join(__dirname, '../../test/support/first-format'), folder, { recursive: true });
  const { client, clock, emulator } = emulated({ folder });
  const QueueUrl = 'http://127.0.0.1:4566/000000000000/kept';

  const { StackEvents = [] } = await client(CloudFormation).describeStackEvents({
    StackName: 'kept',
  });
  const hidden = await client(SQS).receiveMessage({ QueueUrl });
  await clock.advance('30s');
  const shown = await client(SQS).receiveMessage({ QueueUrl });
  await emulator.close();

  expect(StackEvents.map((event) => event.ResourceStatus)).toEqual([
    'CREATE_COMPLETE',
    'CREATE_COMPLETE',
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ]);
  expect(hidden.Messages).toBeUndefined();
  expect(shown.Messages?.[0]?.Body).toBe('hello');
  expect(clock.now()).toEqual(new Date('2026-01-01T00:01:00Z'));
  expect(JSON.parse(readFileSync(manifest(), 'utf8'))).toMatchObject({ format: 2 });
  const again = await emulated({ folder })
    .client(CloudFormation)
    .describeStackEvents({ StackName: 'kept' });
  expect(again.StackEvents).toEqual(StackEvents);
});

test('files that a crash has left are swept away, and what was set aside stays', async () => {
  await withGroup('kept');
  const left = [
    `${fileOf('000000000000/us-east-1/ec2')}.tmp`,
    join(folder, '000000000000/us-east-1/sqs.9.json'),
  ];
  for (const file of left) writeFileSync(file, '');
  writeFileSync(`${manifest()}.damaged`, '');

  const { emulator } = emulated({ folder });
  await emulator.flush();

  expect(left.filter((file) => existsSync(file))).toEqual([]);
  expect(existsSync(`${manifest()}.damaged`)).toBe(true);
});

describe('a body', () => {
  const Bucket = 'orders';

  const bodies = () =>
    readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .toSorted();

  /** Two objects that share a body, and one with its own. */
  async function withObjects() {
    const { client, emulator } = emulated({ folder });
    const s3 = client(S3);
    await s3.createBucket({ Bucket });
    for (const [Key, Body] of [
      ['one', 'shared'],
      ['two', 'shared'],
      ['three', 'own'],
    ] as const)
      await s3.putObject({ Bucket, Key, Body });
    await emulator.flush();
    return { s3, emulator };
  }

  test('goes when the emulator stops and nothing points at it any more', async () => {
    const { s3, emulator } = await withObjects();
    await s3.deleteObject({ Bucket, Key: 'one' });
    await s3.deleteObject({ Bucket, Key: 'three' });
    await emulator.flush();
    expect(bodies()).toEqual(['own', 'shared']);

    await emulator.close();

    expect(bodies()).toEqual(['shared']);
    const { Body } = await emulated({ folder }).client(S3).getObject({ Bucket, Key: 'two' });
    await expect(Body?.transformToString()).resolves.toBe('shared');
  });

  test('stays while a damaged file may point at it', async () => {
    const { s3, emulator } = await withObjects();
    await s3.deleteObject({ Bucket, Key: 'three' });
    writeFileSync(join(folder, 's3.1.json.damaged'), '{');

    await emulator.close();

    expect(bodies()).toEqual(['own', 'shared']);
  });
});

test('a store that is forgotten while it is being written stays forgotten', async () => {
  const { client, emulator } = emulated({ folder });
  await client(EC2).createSecurityGroup({ GroupName: 'gone', Description: 'x' });

  const flushed = emulator.flush();
  await emulator.reset();
  await flushed;

  await expect(groupNames()).resolves.not.toContain('gone');
});

test.each(['../../../tmp/out', 'x'.repeat(300), '\u0000'])(
  'an account that is none (%#) is kept nowhere, and keeps nothing else from being kept',
  async (accountId) => {
    const { client, core, emulator } = emulated({ folder });
    await client(EC2).createSecurityGroup({ GroupName: 'kept', Description: 'x' });
    const place = { accountId, region: 'us-east-1', service: 'ec2' };

    expect(core.stores.open(place, () => ({}))).toMatchObject({ accountId, state: {} });
    await emulator.close();

    expect(readdirSync(folder).toSorted()).toEqual(['000000000000', 'manifest.json']);
    await expect(groupNames()).resolves.toContain('kept');
  },
);

test('reset of one account leaves the other accounts alone', async () => {
  const { client, emulator } = emulated({ folder });
  const other = client(EC2, { accessKeyId: '111111111111' });
  await client(EC2).createSecurityGroup({ GroupName: 'mine', Description: 'x' });
  await other.createSecurityGroup({ GroupName: 'theirs', Description: 'x' });

  await emulator.reset('000000000000');

  const mine = await client(EC2).describeSecurityGroups({});
  const theirs = await other.describeSecurityGroups({});
  expect(mine.SecurityGroups?.map((group) => group.GroupName)).toEqual(['default']);
  expect(theirs.SecurityGroups?.map((group) => group.GroupName)).toContain('theirs');
});

test('Maps, Sets, Dates, bytes and look-alikes survive the state file', () => {
  const state = {
    map: new Map([['a', new Set([1, 2])]]),
    at: new Date('2026-01-01T00:00:00Z'),
    bytes: new Uint8Array([1, 2, 255]),
    lookAlike: { $date: 'a learner’s own member' },
  };

  expect(decodeState(encodeState(state))).toEqual(state);
});

describe('a log', () => {
  const written = (log: Log) => {
    const entries = log.take();
    log.written();
    return entries;
  };

  test('is written once: a flush takes what is new since the last', () => {
    const log = new Log<number>({ read: () => [['a', 1]] });
    log.append('a', 2);
    log.append('b', 3);

    expect(written(log)).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect(written(log)).toEqual([]);
  });

  test('what could not be written is taken again with the next flush', () => {
    const log = new Log<number>({ read: () => [] });
    log.append('a', 1);
    log.take();
    log.append('a', 2);
    log.failed();

    expect(written(log)).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
  });

  test('shows what lies on disk, what is being written and what is new, in order', () => {
    const log = new Log<number>({ read: () => [['a', 1]] });
    log.append('a', 2);
    log.take();
    log.append('a', 3);

    expect(log.of('a')).toEqual([1, 2, 3]);
  });

  test('forgets a group but for its newest', () => {
    const log = new Log<number>({ read: () => [] });
    for (const item of [1, 2, 3]) log.append('a', item);
    log.drop('a', 1);

    expect(log.of('a')).toEqual([3]);
    expect(new Log({ read: () => written(log) }).of('a')).toEqual([3]);
  });

  test('with a cap keeps at least its newest and less than twice as many', () => {
    const log = new Log<number>({ read: () => [], cap: 10 });
    for (let item = 1; item <= 35; item += 1) log.append('a', item);

    expect(log.of('a').length).toBeLessThanOrEqual(20);
    expect(log.of('a').slice(-10)).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
  });

  test('joins its small files, and leaves out those that a cap has made old', () => {
    const file = (count: number) => ({ file: `${count}`, count });

    expect(toJoin([file(100), file(4), file(2)], 2)).toEqual([file(4), file(2)]);
    expect(toJoin([file(100)], 2)).toEqual([]);
    expect(withinCap([file(50), file(40), file(30), file(20)], 50)).toEqual([file(30), file(20)]);
  });

  test('survives a damaged file: the others count', async () => {
    await withStacks('one');
    await withStacks('two');
    const logs = readdirSync(join(folder, '000000000000/us-east-1')).filter((name) =>
      name.endsWith('.log'),
    );
    writeFileSync(join(folder, '000000000000/us-east-1', logs[0] ?? ''), 'not json\n');
    const lines: string[] = [];
    const { client } = emulated({ folder, log: (line) => lines.push(line) });

    const { StackEvents } = await client(CloudFormation).describeStackEvents({ StackName: 'one' });

    expect(StackEvents).toEqual([]);
    expect(lines.join('\n')).toContain('is damaged and its entries are gone; kept at');
  });
});

async function withStacks(StackName: string): Promise<void> {
  const { client, emulator } = emulated({ folder });
  const TemplateBody = '{"Resources":{"W":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}';
  await client(CloudFormation).createStack({ StackName, TemplateBody });
  await emulator.close();
}

test('a state file is brought to today’s format step by step', () => {
  const steps = {
    1: (file: Record<string, unknown>) => ({ ...file, first: true }),
    2: (file: Record<string, unknown>) => ({ ...file, second: true }),
  };

  expect(migrate({ format: 1 }, steps, 3)).toEqual({ format: 3, first: true, second: true });
});
