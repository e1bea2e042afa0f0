import { SSM } from '@aws-sdk/client-ssm';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outside, startProgram } from '../support/lab';

jest.setTimeout(60_000);

const home = realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-serving-')));

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** `npm run emulator` as somebody types it. */
const emulator = (...words: string[]) =>
  startProgram('emulator', words, { ...outside(), DOP_LABS_HOME: home, DOP_LABS_PORT: '0' });

async function serving(...words: string[]) {
  const begun = emulator(...words);
  const [endpoint] = await begun.says(/http:\/\/127\.0\.0\.1:\d+/);
  const ssm = new SSM({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return { ...begun, endpoint, ssm };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'it tells where it listens, and on %s keeps its state and ends well',
  async (signal) => {
    const folder = join(home, signal);
    const first = await serving('--state', folder);
    await first.ssm.putParameter({ Name: '/kept', Value: signal, Type: 'String' });
    first.kill(signal);
    const { code, stdout, stderr } = await first.ended;

    const second = await serving('--state', folder, '--log', 'none');
    const { Parameter } = await second.ssm.getParameter({ Name: '/kept' });
    second.kill(signal);
    await second.ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`  endpoint   ${first.endpoint}\n`);
    expect(stdout).toContain('  coverage   docs/coverage.md\n');
    expect(stdout).toMatch(
      / {2}000000000000 {2}us-east-1 {2}ssm\.PutParameter by root\n(.*\n)*stopped\n$/,
    );
    expect(Parameter?.Value).toBe(signal);
  },
);

test('its clock stands at a moment, and its log is JSON', async () => {
  const begun = await serving(
    '--state',
    'memory',
    '--clock',
    '2026-01-01T00:00:00Z',
    '--log',
    'json',
  );
  await begun.ssm.putParameter({ Name: '/p', Value: 'v', Type: 'String' });
  begun.kill('SIGTERM');
  const { stdout } = await begun.ended;

  const [listening, call] = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(listening).toEqual({ kind: 'listening', endpoint: begun.endpoint });
  expect(call).toMatchObject({
    kind: 'call',
    at: '2026-01-01T00:00:00.000Z',
    service: 'ssm',
    operation: 'PutParameter',
    principal: 'arn:aws:iam::000000000000:root',
  });
});

test('a second one on the same state is refused', async () => {
  const folder = join(home, 'shared');
  const first = await serving('--state', folder, '--log', 'none');

  const { code, stderr } = await emulator('--state', folder).ended;
  first.kill('SIGTERM');
  await first.ended;

  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^error: its state is in use by the emulator on port \d+ \(process \d+\)\n {2}fix: npm run lab emulator stop, /,
  );
});

describe('when the port is taken', () => {
  let server: Server;

  beforeAll(async () => {
    server = createServer((_, response) => void response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
  });

  afterAll(() => new Promise((done) => server.close(done)));

  test('it says so and how to go on', async () => {
    const { port } = server.address() as AddressInfo;

    const { code, stdout, stderr } = await emulator('--port', `${port}`, '--state', 'memory').ended;

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      `error: port ${port} is taken by something that is not the lab's emulator\n`,
    );
  });
});

test.each([
  ['--port', '99999', '--port is "99999", which is no port'],
  ['--clock', 'soon', '--clock is "soon": wall, frozen, or a moment such as 2026-01-01T00:00:00Z'],
  ['--iam', 'strict', '--iam is "strict", not one of learn, enforce'],
  ['--log', 'all', '--log is "all", not one of calls, changes, json, none'],
])('%s %s is refused', async (option, value, reason) => {
  const { code, stderr } = await emulator(option, value).ended;

  expect(code).toBe(2);
  expect(stderr).toContain(`error: ${reason}\n`);
});
