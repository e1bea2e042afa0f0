import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'dop-labs-typescript-'));
const file = join(folder, 'program.ts');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(source: string): string {
  writeFileSync(file, source);
  const words = ['-r', join(__dirname, '..', 'typescript.js'), file];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  return stdout + stderr;
}

test('a program runs as it is written now, not as it was', () => {
  expect(run('const text: string = "one"; console.log(text);')).toBe('one\n');
  expect(run('const text: string = "two"; console.log(text);')).toBe('two\n');
});

test('an error names the line of the source', () => {
  const source = [
    'interface Gone {',
    '  a: string;',
    '}',
    '',
    'const gone: Gone | undefined = undefined as Gone | undefined;',
    'console.log(gone!.a);',
  ];

  expect(run(source.join('\n'))).toContain(`at Object.<anonymous> (${file}:6:19)`);
});

test('what does not compile says where', () => {
  expect(run('const = 1;')).toContain(`${file}:1:6: ERROR: Expected identifier but found "="`);
});
