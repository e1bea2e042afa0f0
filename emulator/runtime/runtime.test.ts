import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../test/support/emulated';
import { trustOf } from '../../test/support/functions';
import { isAlive } from '../../test/support/run';
import { childEnvironment, withAddress } from './environment';

const quiet = { env: { PATH: process.env['PATH'] ?? '' }, folder: tmpdir() };

/** Runs a line of shell and gathers what it writes. */
async function shell(line: string, more: object = {}) {
  const { core } = emulated();
  const output = { stdout: '', stderr: '' };
  const { code, signal, isLate } = await core.runtime.run({
    ...quiet,
    program: 'bash',
    words: ['-c', line],
    onOutput: (chunk, stream) => void (output[stream] += chunk),
    ...more,
  });
  return { ...output, code, signal, isLate };
}

test('a program gets its input and its own variables only, and tells its exit code', async () => {
  const { stdout, stderr, code } = await shell('cat; echo $STAGE $USER; echo no >&2; exit 3', {
    input: 'in\n',
    env: { ...quiet.env, STAGE: 'test' },
  });

  expect({ stdout, stderr, code }).toEqual({ stdout: 'in\ntest\n', stderr: 'no\n', code: 3 });
});

test('a program that takes too long is ended with all that it started', async () => {
  const { signal, isLate, stdout } = await shell('sleep 600 & echo $!; wait', { timeoutMs: 300 });

  expect([signal, isLate]).toEqual(['SIGKILL', true]);
  expect(isAlive(Number(stdout))).toBe(false);
});

test('what a program leaves behind in the background ends with it', async () => {
  const { code, stdout } = await shell('sleep 600 & echo $!');

  expect(code).toBe(0);
  expect(isAlive(Number(stdout))).toBe(false);
});

test('a program that is not there is told from one that fails', async () => {
  const { code, stderr } = await shell('', { program: 'no-such-program', words: [] });

  expect(code).toBe(127);
  expect(stderr).toContain('no-such-program');
});

test('time stands still for a program that computes, and its requests are part of what waits for it', async () => {
  const { core, client, clock } = emulated();
  const iam = client(IAM);
  const RoleArn = 'arn:aws:iam::000000000000:role/builder';
  await iam.createRole({
    RoleName: 'builder',
    AssumeRolePolicyDocument: trustOf('codebuild.amazonaws.com'),
  });
  await iam.updateAssumeRolePolicy({
    RoleName: 'builder',
    PolicyDocument: trustOf('codebuild.amazonaws.com').replace(
      '"Service":"codebuild.amazonaws.com"',
      '"AWS":"000000000000"',
    ),
  });
  const { Credentials } = await client(STS).assumeRole({
    RoleArn,
    RoleSessionName: 'build',
  });
  const key = Credentials?.AccessKeyId ?? '';
  let release = () => {};
  const task = core.workload.root(() =>
    core.runtime.answering(key, () => new Promise<void>((resolve) => (release = resolve))),
  );
  let moved = false;
  const advance = clock.advance('1m').then(() => (moved = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(moved).toBe(false);

  release();
  await task;
  await advance;
  expect(moved).toBe(true);
});

test('an environment has AWS’s variables and none of this machine’s', () => {
  process.env['SOME_SECRET'] = 'x';
  const variables = childEnvironment({
    address: 'http://127.0.0.1:4566',
    region: 'eu-west-1',
    credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 's', SessionToken: 't' },
    folder: '/tmp/x',
  });
  delete process.env['SOME_SECRET'];

  expect(variables).toMatchObject({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'ASIA1',
    AWS_SESSION_TOKEN: 't',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    HOME: '/tmp/x',
  });
  expect(variables).not.toHaveProperty('SOME_SECRET');
});

test('a queue URL of an earlier port leads to where the emulator is now; other URLs stay', () => {
  const address = 'http://127.0.0.1:5000';

  expect(withAddress('http://127.0.0.1:4566/000000000000/orders', address)).toBe(
    'http://127.0.0.1:5000/000000000000/orders',
  );
  expect(withAddress('http://127.0.0.1:3000/health', address)).toBe('http://127.0.0.1:3000/health');
});

test('folders lie below the state folder and go when the emulator closes', async () => {
  const state = mkdtempSync(join(tmpdir(), 'dop-labs-test-'));
  const { core, emulator } = emulated({ folder: state });
  const folder = core.runtime.folders.shared('a', () => {});

  expect(core.runtime.folders.shared('a', () => {})).toBe(folder);
  expect(existsSync(folder)).toBe(true);
  await emulator.close();
  expect(readdirSync(state)).not.toContain('runtime');
  rmSync(state, { recursive: true });
});
