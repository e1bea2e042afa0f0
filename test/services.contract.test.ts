import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const services = join(root, 'emulator', 'services');
const names = readdirSync(services);

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map((match) =>
    resolve(file, '..', match[1] ?? ''),
  );

test.each(names)('%s imports no other service', (name) => {
  const foreign = sourcesOf(join(services, name))
    .flatMap(importsOf)
    .filter((path) => path.startsWith(`${services}/`) && !path.startsWith(join(services, name)));

  expect(foreign).toEqual([]);
});

test.each(names)('the card of %s names what its folder has', (name) => {
  const card = JSON.parse(readFileSync(join(services, name, 'service.json'), 'utf8')) as {
    signingName: string;
    cloudformation?: string[];
    listens?: boolean | string[];
    hears?: string[];
  };
  const files = readdirSync(join(services, name));
  const index = readFileSync(join(services, name, 'index.ts'), 'utf8');

  expect(card.signingName).toMatch(/^[a-z0-9-]+$/);
  expect((card.cloudformation ?? []).length > 0).toBe(files.includes('resources.ts'));
  expect(card.listens !== undefined).toBe(index.includes('onChange'));
  expect(card.hears !== undefined).toBe(index.includes('onEvent'));
});

test('ec2 stands on its own: its tests pass with the config service’s folder removed', () => {
  const copy = mkdtempSync(join(tmpdir(), 'dop-labs-without-config-'));
  try {
    for (const part of [
      'emulator',
      'test/support',
      'package.json',
      'jest.config.js',
      'tsconfig.json',
    ]) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    rmSync(join(copy, 'emulator', 'services', 'config-service'), { recursive: true });

    const report = execFileSync(
      process.execPath,
      [
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        'emulator/services/ec2',
        '--json',
        '--silent',
      ],
      { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );

    expect(JSON.parse(report)).toMatchObject({ success: true, numFailedTests: 0 });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 120_000);
