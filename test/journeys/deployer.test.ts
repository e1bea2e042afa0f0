import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { isAlive } from '../../lib/process';
import { labHome } from '../support/lab';
import { untilEnded } from '../support/until-ended';

jest.setTimeout(120_000);

const program = join(__dirname, '..', '..', 'lib');
const home = labHome();
const record = join(home.folder, '.lab', 'deployer.json');
const work = join(home.folder, 'work', 'lab-05');
const stack = join(work, 'stack.ts');

interface Waiting {
  pid: number;
  port: number;
  token: string;
}

/** It offers itself when the command before has ended. */
async function waiting(): Promise<Waiting> {
  while (!existsSync(record)) await new Promise((resolve) => setTimeout(resolve, 20));
  return JSON.parse(readFileSync(record, 'utf8')) as Waiting;
}

afterAll(() => home.close());

test('a deployer waits after a command, and the next one finds it', async () => {
  expect((await home.lab('start', 'lab-05')).code).toBe(0);
  const { pid } = await waiting();

  expect((await home.lab('deploy', 'lab-05')).code).toBe(0);

  expect((await waiting()).pid).toBe(pid);
  expect(isAlive(pid)).toBe(true);
});

test('it deploys what the files say now, with the variables of the command', async () => {
  const text = readFileSync(stack, 'utf8').replace(
    'super(scope, id, props);',
    "super(scope, id, props);\n    this.addMetadata('Asked', process.env['ASKED'] ?? '');",
  );
  writeFileSync(stack, text);
  const { pid } = await waiting();

  const { code, stderr } = await home.begin(['deploy', 'lab-05'], { ASKED: 'one' }).ended;
  writeFileSync(
    stack,
    text.replace("?? ''", '!.toFixed()').replace('process.env', '(process.env as any)'),
  );
  const failed = await home.begin(['deploy', 'lab-05'], { ASKED: 'two' }).ended;

  expect(stderr).not.toContain('error');
  expect(code).toBe(0);
  expect(failed.stderr).toContain('toFixed is not a function');
  expect(failed.code).toBe(1);
  expect((await waiting()).pid).toBe(pid);
  writeFileSync(stack, text);
});

/** What a stack that throws this says when it is deployed, by the deployer that waits. */
async function thrown(imports: string, expression: string): Promise<string> {
  const { pid } = await waiting();
  const text = readFileSync(stack, 'utf8');
  const throwing = `super(scope, id, props);\n    if (id) throw ${expression};`;
  writeFileSync(stack, `${imports}\n${text.replace('super(scope, id, props);', throwing)}`);
  const { stderr, code } = await home.lab('deploy', 'lab-05');
  writeFileSync(stack, text);
  expect(code).toBe(1);
  expect((await waiting()).pid).toBe(pid);
  return stderr;
}

test('what a stack throws is told, whatever it is', async () => {
  expect(await thrown('', "new Error('an error')")).toMatch(
    /an error\n +at new WorkStack .*stack.ts/,
  );
  expect(await thrown('', "'a string'")).toContain('a string');
});

test('it follows files that are imported: changed, moved there, become a folder', async () => {
  const imports = "import { mark } from './helper';";
  const helper = join(work, 'helper.ts');
  writeFileSync(helper, "export const mark = 'first';");
  expect(await thrown(imports, 'new Error(mark)')).toContain('first');

  writeFileSync(join(work, 'old'), "export const mark = 'older';");
  utimesSync(join(work, 'old'), 0, 0);
  renameSync(join(work, 'old'), helper);
  expect(await thrown(imports, 'new Error(mark)')).toContain('older');

  rmSync(helper);
  mkdirSync(join(work, 'helper'));
  writeFileSync(join(work, 'helper', 'index.ts'), "export const mark = 'a folder';");
  expect(await thrown(imports, 'new Error(mark)')).toContain('a folder');
  rmSync(join(work, 'helper'), { recursive: true });
});

test('it follows assets', async () => {
  const imports =
    "import { Asset } from 'aws-cdk-lib/aws-s3-assets';\nimport { join } from 'node:path';";
  const asset =
    "new Error(`hash ${new Asset(this, 'Asset', { path: join(__dirname, 'fn') }).assetHash}`)";
  const hash = async () => /hash (\w+)/.exec(await thrown(imports, asset))?.[1];
  mkdirSync(join(work, 'fn'));
  writeFileSync(join(work, 'fn', 'index.js'), 'exports.handler = async () => 1;');
  const before = await hash();
  writeFileSync(join(work, 'fn', 'index.js'), 'exports.handler = async () => 2;');
  const after = await hash();
  rmSync(join(work, 'fn'), { recursive: true });

  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(after).toMatch(/^[0-9a-f]{64}$/);
  expect(after).not.toBe(before);
});

test('who does not know its token is hung up on', async () => {
  const { port, pid } = await waiting();

  const heard = await new Promise<string>((done) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => done(text));
    socket.write('{"type":"hello","token":"guessed"}\n');
  });

  expect(heard).toBe('');
  expect(isAlive(pid)).toBe(true);
});

test.each([
  ['a damaged record', () => '{"pid":'],
  [
    'the record of a process that is gone',
    (now: Waiting) => JSON.stringify({ ...now, pid: 2 ** 22 }),
  ],
  ['a record with a wrong port', (now: Waiting) => JSON.stringify({ ...now, port: 1 })],
  ['a record with no port', (now: Waiting) => JSON.stringify({ ...now, port: 70_000 })],
])('after %s a new one is started', async (_what, damaged) => {
  const now = await waiting();
  const { pid } = now;
  writeFileSync(record, damaged(now));

  expect(await home.lab('deploy', 'lab-05')).toMatchObject({
    code: 0,
    stderr: expect.not.stringContaining('error'),
  });

  expect((await waiting()).pid).not.toBe(pid);
  process.kill(pid);
});

test('after the record of one that never answers a new one is started', async () => {
  const now = await waiting();
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  writeFileSync(record, JSON.stringify({ ...now, pid: process.pid, port }));

  expect((await home.lab('deploy', 'lab-05')).code).toBe(0);

  expect((await waiting()).pid).not.toBe(now.pid);
  silent.close();
  process.kill(now.pid);
});

test('what a stack imports from beside its folder is compiled again when it changes', async () => {
  const text = readFileSync(stack, 'utf8');
  const shared = join(home.folder, 'work', 'shared.ts');
  writeFileSync(shared, 'export const asked: string = "one";\n');
  writeFileSync(stack, `import { asked } from '../shared';\nexport { asked };\n${text}`);
  expect((await home.lab('deploy', 'lab-05')).code).toBe(0);
  writeFileSync(shared, 'export const asked: string = 1;\n');

  expect(await home.lab('deploy', 'lab-05')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("shared.ts(1,14): error TS2322: Type 'number'"),
  });
  rmSync(shared);
  writeFileSync(stack, text);
});

test('a stack that ends the process is told of', async () => {
  const text = readFileSync(stack, 'utf8');
  writeFileSync(stack, text.replace('super(scope, id, props);', '$&\n    process.exit(3);'));
  process.kill((await waiting()).pid);
  rmSync(record);

  expect(await home.lab('deploy', 'lab-05')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error: the process that deploys ended in the middle\n'),
  });
  writeFileSync(stack, text);
});

test('one whose command has ended while it loaded waits all the same', async () => {
  const settings = readFileSync(join(home.folder, '.lab', 'emulator.json'), 'utf8');
  const { port } = JSON.parse(settings) as { port: number };
  const child = spawn(
    process.execPath,
    ['-r', join(program, 'typescript.js'), join(program, 'deploy', 'child.ts'), 'wait'],
    {
      env: {
        ...process.env,
        DOP_LABS_HOME: home.folder,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  child.disconnect();

  expect((await waiting()).pid).toBe(child.pid);
});

test('Ctrl-C in the middle of a deployment ends it', async () => {
  const { pid } = await waiting();
  const begun = home.begin(['reset', 'lab-05']);
  await begun.says('deploying');
  begun.kill('SIGINT');

  expect((await begun.ended).code).toBe(130);
  await untilEnded([pid]);
});

test('it ends with the emulator', async () => {
  expect((await home.lab('reset', 'lab-05')).code).toBe(0);
  const { pid } = await waiting();

  await home.lab('emulator', 'stop');

  await untilEnded([pid]);
  expect(existsSync(record)).toBe(false);
});
