import { EC2 } from '@aws-sdk/client-ec2';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulated } from '../../test/support/emulated';
import { decodeState, encodeState } from './codec';
import { migrate } from './migrations';

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
  emulator.flush();
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
  writeFileSync(file, readFileSync(file, 'utf8').replace('"format":1', '"format":99'));

  await expect(groupNames()).resolves.toEqual(['default']);
});

test('reset of one account leaves the other accounts alone', async () => {
  const { client, emulator } = emulated({ folder });
  const other = client(EC2, { accessKeyId: '111111111111' });
  await client(EC2).createSecurityGroup({ GroupName: 'mine', Description: 'x' });
  await other.createSecurityGroup({ GroupName: 'theirs', Description: 'x' });

  emulator.reset('000000000000');

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

test('a state file is brought to today’s format step by step', () => {
  const steps = {
    1: (file: Record<string, unknown>) => ({ ...file, first: true }),
    2: (file: Record<string, unknown>) => ({ ...file, second: true }),
  };

  expect(migrate({ format: 1 }, steps, 3)).toEqual({ format: 3, first: true, second: true });
});
