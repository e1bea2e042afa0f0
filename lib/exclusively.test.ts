import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entriesOf, removeEntry, writeEntry } from './drill-journal';
import { exclusively } from './exclusively';
import { progressFile, progressOf } from './progress';

jest.setTimeout(30_000);

const home = mkdtempSync(join(tmpdir(), 'dop-labs-exclusively-'));
const note = () => undefined;

beforeAll(() => {
  process.env['DOP_LABS_HOME'] = home;
});

afterAll(() => {
  delete process.env['DOP_LABS_HOME'];
  rmSync(home, { recursive: true });
});

/** A process of its own that runs a line of our TypeScript. */
const child = (line: string) =>
  spawn(process.execPath, ['-r', join(__dirname, 'typescript.js'), '-e', line], {
    env: { ...process.env, DOP_LABS_HOME: home },
    stdio: 'ignore',
  });

test('two commands at once both count: no step of either is lost', async () => {
  const count = `
    const { remember } = require(${JSON.stringify(join(__dirname, 'progress.ts'))});
    for (let i = 0; i < 50; i += 1)
      remember('lab-05', ({ hints }) => ({ hints: { a: (hints.a ?? 0) + 1 } }), () => {});
  `;

  await Promise.all([once(child(count), 'exit'), once(child(count), 'exit')]);

  expect(progressOf('lab-05', note)).toEqual({ hints: { a: 100 } });
});

test('a process that is killed while it writes leaves a whole file', async () => {
  const write = `
    const { remember } = require(${JSON.stringify(join(__dirname, 'progress.ts'))});
    for (let i = 0; ; i += 1) remember('lab-06', { hints: { a: i } }, () => {});
  `;
  const writer = child(write);
  const begun = () => progressOf('lab-06', note).hints['a'] ?? 0;
  while (begun() < 5) await new Promise(setImmediate);
  writer.kill('SIGKILL');
  await once(writer, 'exit');

  expect(JSON.parse(readFileSync(progressFile(), 'utf8'))).toMatchObject({ version: 1 });
  expect(exclusively(progressFile(), () => 'free')).toBe('free');
});

test('a lock of a process that is no more, or of long ago, stops nobody', () => {
  const file = join(home, 'thing.json');
  writeFileSync(`${file}.lock`, '99999999');
  expect(exclusively(file, () => 'done')).toBe('done');

  writeFileSync(`${file}.lock`, String(process.pid));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(`${file}.lock`, longAgo, longAgo);
  expect(exclusively(file, () => 'done')).toBe('done');
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('the lock is given back when the work throws', () => {
  const file = join(home, 'thing.json');
  const fail = () =>
    exclusively(file, () => {
      throw new Error('no');
    });

  expect(fail).toThrow('no');
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('the journal keeps the last note of each drill until it is removed, and knows who still acts', async () => {
  writeEntry('emulator/0/lab-05/one', { memory: 1 });
  writeEntry('emulator/0/lab-05/one', { memory: 2 });
  const other = child(`
    require(${JSON.stringify(join(__dirname, 'drill-journal.ts'))}).writeEntry('emulator/0/lab-05/two', {});
    setInterval(() => {}, 1000);
  `);
  while (entriesOf('emulator/0/lab-05/two').length === 0) await new Promise(setImmediate);

  const acting = entriesOf('emulator/0/lab-05/').map(({ note: told, isActing }) => [
    told,
    isActing,
  ]);
  other.kill('SIGKILL');
  await once(other, 'exit');
  const left = entriesOf('emulator/0/lab-05/').filter(({ isActing }) => isActing);
  removeEntry('emulator/0/lab-05/one');

  expect(acting).toEqual([
    [{ memory: 2 }, false],
    [{}, true],
  ]);
  expect(left).toEqual([]);
  expect(entriesOf('emulator/').map(({ key }) => key)).toEqual(['emulator/0/lab-05/two']);
});
