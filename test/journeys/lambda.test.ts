import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { trustOf, zipOf } from '../support/functions';
import { untilEnded } from '../support/until-ended';
import { labHome } from '../support/lab';
import { isAlive } from '../support/run';

jest.setTimeout(60_000);

const home = labHome();

afterAll(() => home.close());

/** Answers its own process and one that it started; hangs when told so. */
const code = `
const { spawn } = require('node:child_process');
const started = spawn('sleep', ['600'], { stdio: 'ignore' });
exports.handler = async ({ hang }) => { while (hang); return [process.pid, started.pid]; };`;

interface Status {
  pid: number;
  endpoint: string;
}

/** The processes of two environments: one in an endless loop, one idle. */
async function running(): Promise<{ emulator: number; children: number[] }> {
  await home.lab('emulator', 'start');
  const { stdout } = await home.lab('emulator', 'status', '--json');
  const { pid, endpoint } = JSON.parse(stdout) as Status;
  const configuration = {
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  };
  const lambda = new Lambda(configuration);
  await makeFunction(lambda, new IAM(configuration));
  const invoke = async (): Promise<number[]> => {
    const { Payload } = await lambda.invoke({ FunctionName: 'orders' });
    return JSON.parse(new TextDecoder().decode(Payload)) as number[];
  };
  const first = await invoke();
  await lambda.invoke({
    FunctionName: 'orders',
    InvocationType: 'Event',
    Payload: '{"hang":true}',
  });
  const second = await invoke();
  lambda.destroy();
  return { emulator: pid, children: [...first, ...second] };
}

async function makeFunction(lambda: Lambda, iam: IAM): Promise<void> {
  const { Roles = [] } = await iam.listRoles({ PathPrefix: '/journey/' });
  if (Roles.length > 0) return;
  const { Role } = await iam.createRole({
    RoleName: 'worker',
    Path: '/journey/',
    AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
  });
  await lambda.createFunction({
    FunctionName: 'orders',
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Role: Role?.Arn,
    Timeout: 60,
    Code: { ZipFile: zipOf({ 'index.js': code }) },
  });
}

test('no process of a function outlives an emulator that is killed, not even in an endless loop', async () => {
  const { emulator, children } = await running();
  expect(new Set(children).size).toBe(4);
  expect(children.filter(isAlive)).toEqual(children);

  process.kill(emulator, 'SIGKILL');

  await untilEnded(children);
});

test('an emulator that is started again runs its functions, and takes them along when it stops', async () => {
  const { children } = await running();
  expect(children.filter(isAlive)).toEqual(children);

  await home.lab('emulator', 'stop');

  await untilEnded(children);
});
