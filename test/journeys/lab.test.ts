import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labHome } from '../support/lab';

jest.setTimeout(120_000);

const home = labHome();
const { lab } = home;
const stack = join(home.folder, 'work', 'lab-05', 'stack.ts');

afterAll(() => home.close());

/** The learner's stack with a few lines of their own in its constructor. */
const written = (...lines: string[]) =>
  writeFileSync(
    stack,
    [
      "import { CfnOutput, CfnParameter, CfnResource, Stack, type StackProps } from 'aws-cdk-lib';",
      "import type { Construct } from 'constructs';",
      'export default class LearnersStack extends Stack {',
      '  constructor(scope: Construct, id: string, props: StackProps = {}) {',
      '    super(scope, id, props);',
      ...lines.map((line) => `    ${line}`),
      '  }',
      '}',
      'export const used = [CfnOutput, CfnParameter, CfnResource];',
    ].join('\n'),
  );

const stacks = async () => JSON.parse((await lab('status', '--json')).stdout).stacks;

test('`lab start` boots the emulator, deploys the lab, copies the starter and tells the tasks', async () => {
  const { code, stdout, stderr } = await lab('start', 'lab-05');

  expect(stderr).toContain('starting the emulator');
  expect(stderr).toContain('starter copied to');
  expect(stdout).toContain('(a) ');
  expect(stdout).toContain('npm run check lab-05');
  expect(code).toBe(0);
  expect(await stacks()).toEqual([
    { name: 'lab-05-scene', status: 'CREATE_COMPLETE' },
    { name: 'lab-05-work', status: 'CREATE_COMPLETE' },
  ]);
});

test('no news of a run, and no warning of Node, ever reaches the results', async () => {
  const { stdout, stderr } = await lab('check', 'lab-05', '--json', '--no-drills');

  expect(JSON.parse(stdout)).toMatchObject({ version: 1, lab: 'lab-05', score: { points: 0 } });
  expect(stderr).not.toContain('NodeVersionSupportWarning');
});

test('the untouched lab scores 0 and `lab check` ends with 1', async () => {
  const { code, stdout } = await lab('check', 'lab-05');

  expect(code).toBe(1);
  expect(stdout).toContain('Score 0/100');
  expect((await lab('list')).stdout).toMatch(/^lab-05 .* 0\/100$/m);
});

test('a hint without a task is about one that the check left open', async () => {
  expect((await lab('hint', 'lab-05')).stdout).toMatch(/^\([a-z]\) .+\nhint 1 of/);
});

test('`lab start` again keeps what the learner wrote, and says so', async () => {
  const own = `${readFileSync(stack, 'utf8')}\n// mine\n`;
  writeFileSync(stack, own);

  const { code, stderr } = await lab('start', 'lab-05');

  expect(code).toBe(0);
  expect(stderr).toMatch(/your files in .*work\/lab-05 are kept and deployed/);
  expect(readFileSync(stack, 'utf8')).toBe(own);
});

test("a stack that does not compile shows the compiler's words with file and line, and deploys nothing", async () => {
  const before = await stacks();
  written("new CfnResource(this, 'Thing', { typ: 'AWS::SQS::Queue' });");

  const { code, stderr } = await lab('deploy', 'lab-05');

  expect(code).toBe(1);
  expect(stderr).toContain('your stack does not compile; nothing was deployed');
  expect(stderr).toMatch(/^work\/lab-05\/stack\.ts\(6,38\): error TS2561: .*'typ' does not exist/m);
  expect(stderr).toContain('npm run lab deploy lab-05');
  expect(await stacks()).toEqual(before);
});

test('a stack that throws shows where, and deploys nothing', async () => {
  const before = await stacks();
  written("throw new Error('I forgot the role');");

  const { code, stderr } = await lab('deploy', 'lab-05');

  expect(code).toBe(1);
  expect(stderr).toContain('I forgot the role');
  expect(stderr).toMatch(/work\/lab-05\/stack\.ts:6:\d+/);
  expect(await stacks()).toEqual(before);
});

test.each([
  [
    'of an unknown type',
    ["new CfnResource(this, 'Thing', { type: 'AWS::Frobnicator::Thing' });"],
    /AWS::Frobnicator::Thing/,
  ],
  [
    'with a parameter that has no value',
    [
      "const size = new CfnParameter(this, 'Size', { type: 'String' });",
      "new CfnResource(this, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName: size } });",
    ],
    /Size/,
  ],
  [
    'with a circle',
    [
      "const one = new CfnResource(this, 'One', { type: 'AWS::SQS::Queue' });",
      "const two = new CfnResource(this, 'Two', { type: 'AWS::SQS::Queue' });",
      "one.addOverride('DependsOn', ['Two']);",
      "two.addOverride('DependsOn', ['One']);",
    ],
    /Circular dependency between resources: \[(One, Two|Two, One)\]/,
  ],
])("a template %s is refused with AWS's reason and what to do", async (_, lines, reason) => {
  written(...lines);

  const { code, stderr } = await lab('deploy', 'lab-05');

  expect(stderr).toMatch(reason);
  expect(stderr).toContain('npm run lab deploy lab-05');
  expect(code).toBe(1);
});

test('after Ctrl-C during a deployment the next `lab reset` recovers, and keeps the files', async () => {
  const own = readFileSync(stack, 'utf8');
  const begun = home.begin(['reset', 'lab-05']);
  await begun.says('deploying');
  begun.kill('SIGINT');

  expect(await begun.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('the deployment was interrupted'),
  });
  const reset = await lab('reset', 'lab-05');

  expect(reset).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('lab-05 is as it started'),
  });
  expect(readFileSync(stack, 'utf8')).toBe(own);
  expect((await stacks()).map(({ status }: { status: string }) => status)).not.toContainEqual(
    expect.stringMatching(/ROLLBACK|IN_PROGRESS|FAILED/),
  );
});

test('an emulator that is killed in the middle of a check ends it with 2, and its state is kept', async () => {
  const { pid } = JSON.parse((await lab('emulator', 'status', '--json')).stdout);
  const begun = home.begin(['check', 'lab-05']);
  await begun.says('looking:');
  process.kill(pid, 'SIGKILL');
  const { code, stderr } = await begun.ended;

  expect(code).toBe(2);
  expect(stderr).toContain('error: the emulator stopped during check lab-05');
  expect((await lab('check', 'lab-05', '--no-drills')).code).toBe(1);
});

test('`lab solve` deploys the solution, keeps the files, and the lab passes', async () => {
  const own = readFileSync(stack, 'utf8');

  const solve = await lab('solve', 'lab-05');
  const looked = await lab('check', 'lab-05', '--no-drills');
  const check = await lab('check', 'lab-05');

  expect(solve).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('your files are untouched'),
  });
  expect(looked.stdout).toContain('Score 72/72 (drills skipped): passed so far');
  expect(check.stdout).toContain('Score 100/100: passed');
  expect(check.code).toBe(0);
  expect(readFileSync(stack, 'utf8')).toBe(own);
});

test('`lab destroy` leaves nothing, and says so as often as it is asked', async () => {
  const first = await lab('destroy', 'lab-05');
  const second = await lab('destroy', 'lab-05');

  expect(first.stdout).toContain('Deleted lab-05-work, lab-05-scene.');
  expect(first.stdout).toContain('Nothing left');
  expect(first.code).toBe(0);
  expect(second).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('No stack of lab-05 was there.'),
  });
  expect(await stacks()).toEqual([]);
});

test('what a learner made by hand and left is reported by `lab destroy`, which then ends with 1', async () => {
  rmSync(join(home.folder, 'work', 'lab-05'), { recursive: true });
  await lab('start', 'lab-05');
  const { AWS_ENDPOINT_URL: endpoint } = JSON.parse((await lab('env', '--json')).stdout);
  const { SQS } = await import('@aws-sdk/client-sqs');
  const sqs = new SQS({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'mine' });

  const { code, stdout } = await lab('destroy', 'lab-05');
  await sqs.deleteQueue({ QueueUrl });

  expect(code).toBe(1);
  expect(stdout).toMatch(/1 left.*\n {2}sqs queue http:.*\/000000000000\/mine/);
});
