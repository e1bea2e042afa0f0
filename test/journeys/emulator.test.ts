import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { labHome } from '../support/lab';

jest.setTimeout(60_000);

const home = labHome();
const { lab } = home;

afterAll(() => home.close());

test('the emulator starts once, keeps its clock over a restart, and stops', async () => {
  const started = await lab('emulator', 'start');
  const again = await lab('emulator', 'start');
  const forward = await lab('fast-forward', '37m');
  const status = await lab('status');
  const stopped = await lab('emulator', 'stop');
  const afterwards = await lab('emulator', 'status');
  const restarted = await lab('emulator', 'start');

  expect(started.stdout).toMatch(
    /^The emulator listens on http:\/\/127\.0\.0\.1:\d+ \(process \d+\)/,
  );
  expect(again.stdout).toBe(started.stdout);
  expect(forward.stdout).toBe("The emulator's clock is at +37 min.\n");
  expect(status.stdout).toContain('clock +37 min');
  expect(stopped.stdout).toBe('The emulator has stopped; its state is kept.\n');
  expect(afterwards).toMatchObject({ code: 2, stderr: expect.stringContaining('not running') });
  expect(restarted.stdout).toContain('clock +37 min');
});

test('IAM is enforced for every caller from one start to the next', async () => {
  const enforced = await lab('emulator', 'start', '--iam', 'enforce');
  const status = await lab('emulator', 'status');
  const back = await lab('emulator', 'start', '--iam', 'learn');
  const wrong = await lab('emulator', 'start', '--iam', 'strict');

  expect(enforced.stdout).toContain('IAM enforced for every caller');
  expect(status.stdout).toBe(enforced.stdout);
  expect(back.stdout).not.toContain('IAM enforced');
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"strict" is none of enforce, learn'),
  });
});

test('two commands at once start one emulator', async () => {
  await lab('emulator', 'stop');

  const [one, other] = await Promise.all([lab('emulator', 'start'), lab('emulator', 'start')]);

  expect(one.code).toBe(0);
  expect(other.stdout).toBe(one.stdout);
});

test('`lab env` prints what a shell needs, and nothing else', async () => {
  const { stdout } = await lab('env');

  expect(stdout).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
  expect(stdout).toMatch(/^export AWS_ENDPOINT_URL_S3=http:\/\/127\.0\.0\.1:\d+$/m);
  expect(stdout).toContain('export AWS_ACCESS_KEY_ID=000000000000\n');
  expect(stdout).toContain('export AWS_REGION=us-east-1\n');
  for (const line of stdout.trim().split('\n'))
    expect(line).toMatch(/^(export \w+=\S+|unset [\w ]+)$/);
});

test('`lab env --json` holds the same variables', async () => {
  const variables = JSON.parse((await lab('env', '--json')).stdout);

  expect(variables).toMatchObject({ AWS_ACCESS_KEY_ID: '000000000000', AWS_REGION: 'us-east-1' });
});

test('`lab emulator logs` shows what the emulator wrote', async () => {
  expect((await lab('emulator', 'logs')).stdout).toMatch(/listening on http:\/\/127\.0\.0\.1:\d+/);
});

test('a lab that is not started is no lab to deploy or to check', async () => {
  const [deploy, check] = await Promise.all([lab('deploy', 'lab-05'), lab('check', 'lab-05')]);
  const refusal = {
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(
      'error: lab-05 is not deployed on emulator\n  fix: npm run lab start lab-05\n',
    ),
  };

  expect(deploy).toEqual(refusal);
  expect(check).toEqual(refusal);
});

test('an emulator that was killed is started again with its state', async () => {
  const { pid } = JSON.parse((await lab('emulator', 'status', '--json')).stdout);
  process.kill(pid, 'SIGKILL');

  const { code, stdout } = await lab('emulator', 'start');

  expect(code).toBe(0);
  expect(stdout).not.toContain(`process ${pid}`);
  expect(stdout).toContain('clock +37 min');
});

test.each(['abc', '99999', '-1'])('%s is no port, and nothing is started', async (port) => {
  const other = labHome({ DOP_LABS_PORT: port });
  const { code, stderr } = await other.lab('emulator', 'start');
  await other.close();

  expect(code).toBe(2);
  expect(stderr).toContain(`DOP_LABS_PORT is "${port}", which is no port`);
});

describe('when the port is taken', () => {
  let server: Server;
  let port: number;

  const listen = async (answer: string) => {
    server = createServer((_, response) => void response.end(answer)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    ({ port } = server.address() as AddressInfo);
    const other = labHome({ DOP_LABS_PORT: String(port) });
    const ran = await other.lab('emulator', 'start');
    await other.close();
    return ran;
  };

  afterEach(() => new Promise((done) => server.close(done)));

  test('by another program, it is left alone and the way out is told', async () => {
    expect(await listen('<h1>It works!</h1>')).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: port ${port} is taken by something that is not the lab's emulator\n  fix: stop that program, or use another port: DOP_LABS_PORT=${port + 1} npm run lab …\n`,
    });
  });

  test('by the emulator of another folder, its state is not mixed with this one', async () => {
    const clock = { now: '2026-01-01T00:00:00.000Z', offsetMs: 0 };
    const { code, stderr } = await listen(
      JSON.stringify({ product: 'dop-labs', version: '0.1.0', pid: 4242, clock }),
    );

    expect(code).toBe(2);
    expect(stderr).toContain(
      `port ${port} is taken by the emulator of another folder (process 4242)`,
    );
  });
});
