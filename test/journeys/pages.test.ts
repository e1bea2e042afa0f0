import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labHome } from '../support/lab';

jest.setTimeout(60_000);

const home = labHome();
const { lab } = home;
const commands = readdirSync(join(__dirname, '..', '..', 'bin', 'commands')).map((file) =>
  file.replace(/\.ts$/, ''),
);

afterAll(() => home.close());

test('`lab` alone and `lab --help` list every command', async () => {
  const [alone, help] = await Promise.all([lab(), lab('--help')]);

  expect(alone).toEqual(help);
  expect(help.code).toBe(0);
  for (const command of commands)
    expect(help.stdout).toMatch(new RegExp(`^  ${command} +\\w`, 'm'));
});

test.each(commands)('`lab %s --help` shows its usage and its options', async (command) => {
  const { code, stdout, stderr } = await lab(command, '--help');

  expect(stdout).toContain(`Usage: npm run lab ${command}`);
  expect(stdout).toContain('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('a command that there is not is refused with the one that was meant', async () => {
  expect(await lab('chek')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: no command is called "chek"\n  fix: did you mean `npm run lab check`?\n',
  });
});

test('an option that there is not is refused with the usage', async () => {
  const { code, stderr } = await lab('list', '--colour');

  expect(code).toBe(2);
  expect(stderr).toContain("unknown option '--colour'");
  expect(stderr).toContain('usage: npm run lab list');
});

test('a missing word is named', async () => {
  expect(await lab('start')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: the lab is missing\n  fix: usage: npm run lab start <lab>\n',
  });
});

test.each(['start', 'deploy', 'check', 'hint', 'solve', 'reset', 'destroy', 'tour'])(
  '`lab %s` of a lab that there is not says so and ends with 2',
  async (command) => {
    expect(await lab(command, 'lab-99')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: no lab is called "lab-99".*\n  fix: npm run lab list\n$/,
      ),
    });
  },
);

test('a target that there is not is refused', async () => {
  const { code, stderr } = await lab('check', 'lab-05', '--target', 'azure');

  expect(code).toBe(2);
  expect(stderr).toContain('no target is called "azure"');
});

test('an option that npm kept for itself is pointed out', async () => {
  const { code, stderr } = await home.begin(['list'], {
    npm_command: 'run-script',
    npm_lifecycle_script: 'node bin/lab.js',
    npm_config_json: 'true',
  }).ended;

  expect(code).toBe(2);
  expect(stderr).toContain('npm kept --json for itself');
});

test('`lab list` names each lab with its score', async () => {
  const { code, stdout } = await lab('list');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^lab-05 {2}.+ {2}not tried$/m);
});

test('`lab list --json` is for programs', async () => {
  const { stdout } = await lab('list', '--json');

  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ lab: 'lab-05', id: 'lab-05-config-auto-remediation', score: null }),
  );
});

test('each hint goes one step further than the one before, also after the last', async () => {
  const first = await lab('hint', 'lab-05', 'a');
  const second = await lab('hint', 'lab-05', 'a');
  const third = JSON.parse((await lab('hint', 'lab-05', 'a', '--json')).stdout);

  expect(first.stdout).toMatch(/hint 1 of \d/);
  expect(second.stdout).toMatch(/hint 2 of \d/);
  expect(third).toMatchObject({ lab: 'lab-05', task: 'a', step: 3 });
});

test('a task that the lab has not is refused with those that it has', async () => {
  const { code, stderr } = await lab('hint', 'lab-05', 'z');

  expect(code).toBe(2);
  expect(stderr).toContain('lab-05 has no task "z"; its tasks are a, b, c');
});

test('a damaged progress file is set aside with a message, and hints start afresh', async () => {
  const other = labHome();
  mkdirSync(join(other.folder, '.lab'));
  writeFileSync(join(other.folder, '.lab', 'progress.json'), '{"version":1,"labs":{"lab-0');

  const { code, stdout, stderr } = await other.lab('hint', 'lab-05', 'a');

  expect(code).toBe(0);
  expect(stdout).toContain('hint 1 of');
  expect(stderr).toContain('progress.json was damaged and is now');
  await other.close();
});

test('without an emulator `lab status` says so and starts none', async () => {
  const { code, stdout } = await lab('status');

  expect(code).toBe(0);
  expect(stdout).toContain('not running');
});

test('`lab fast-forward` wants a duration and a running emulator', async () => {
  const [duration, emulator] = await Promise.all([
    lab('fast-forward', 'soon'),
    lab('fast-forward', '5m'),
  ]);

  expect(duration).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"soon" is no duration'),
  });
  expect(emulator).toMatchObject({
    code: 2,
    stderr: 'error: the emulator is not running\n  fix: npm run lab emulator start\n',
  });
});

test('on AWS a shell that leads to the emulator is refused', async () => {
  const { code, stderr } = await home.begin(['check', 'lab-05', '--target', 'aws'], {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
  }).ended;

  expect(code).toBe(2);
  expect(stderr).toContain('AWS_ENDPOINT_URL leads elsewhere');
});

test.each(['start', 'hint'])(
  '`lab %s` in a home that cannot be written names the file and what to do',
  async (command) => {
    const file = join(home.folder, 'no-folder');
    writeFileSync(file, '');

    const { code, stderr } = await home.begin([command, 'lab-05'], { DOP_LABS_HOME: file }).ended;

    expect(stderr).toContain(`error: ${file}/.lab`);
    expect(stderr).toContain('cannot be written or read (ENOTDIR)');
    expect(stderr).toContain('DOP_LABS_HOME=~/dop-labs');
    expect(code).toBe(2);
  },
);

test('a folder where a file is expected is named', async () => {
  const { code, stderr } = await lab('check', 'lab-05', '--replay', home.folder);

  expect(stderr).toContain(`error: ${home.folder} cannot be written or read (EISDIR)`);
  expect(code).toBe(2);
});
