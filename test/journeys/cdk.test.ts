import { join } from 'node:path';
import { labHome } from '../support/lab';
import { run } from '../support/run';

jest.setTimeout(120_000);

const home = labHome();
const root = join(__dirname, '..', '..');
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const { stdout } = await home.lab('env', '--json');
  env = {
    PATH: process.env['PATH'],
    HOME: home.folder,
    DOP_LABS_HOME: home.folder,
    CDK_DISABLE_VERSION_CHECK: '1',
    ...JSON.parse(stdout),
  };
});

afterEach(() => home.lab('destroy', 'lab-05'));
afterAll(() => home.close());

const deployment = (output: string) => [
  'deploy',
  '--all',
  '--ci',
  '--no-notices',
  '--require-approval=never',
  '--context=lab=lab-05',
  `--output=${join(home.folder, output)}`,
];

// The plain CLI validates the lab's templates in full, as no other test does; once is enough.
test.each([
  ['cdk', 'aws-cdk/bin/cdk', 'true'],
  ['cdklocal', 'aws-cdk-local/bin/cdklocal', 'false'],
])('plain `npx %s deploy` deploys a lab by `lab env`', async (name, program, validation) => {
  const words = [join(root, 'node_modules', program), ...deployment(name)];

  const { code, stdout, stderr } = await run(process.execPath, words, {
    env: { ...env, CDK_VALIDATION: validation },
  });
  const stacks = JSON.parse((await home.lab('status', '--json')).stdout).stacks;

  expect(stacks).toEqual([
    { name: 'lab-05-scene', status: 'CREATE_COMPLETE' },
    { name: 'lab-05-work', status: 'CREATE_COMPLETE' },
  ]);
  expect({ code, told: stdout + stderr }).toMatchObject({
    code: 0,
    told: expect.stringContaining('lab-05-scene.AlertsTopicArn'),
  });
});
