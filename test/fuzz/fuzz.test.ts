import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmulatorProcess } from '../support/emulator-process';
import { fuzz, type Findings } from './fuzz';

const emulator = new EmulatorProcess();
let findings: Findings;

beforeAll(async () => {
  await emulator.start();
  findings = await fuzz(emulator, { requests: 600, seed: 'short' });
}, 120_000);

afterAll(() => emulator.close());

test('damaged requests of every service are answered with what is wrong with them, at once', () => {
  expect(findings.failures).toEqual([]);
  expect(findings.slowestMs).toBeLessThan(10_000);
  expect(findings.answers['4']).toBeGreaterThan(300);
  expect(emulator.isAlive).toBe(true);
  expect(emulator.log).not.toContain('could not be written');
});

test('whatever is asked of it, nothing is written outside of its own folder', () => {
  const below = (name: string) => readdirSync(join(emulator.folder, name));

  expect(below('lab')).toEqual(['.lab']);
  expect(below('home')).toEqual([]);
  expect(below('cwd')).toEqual([]);
  expect(below('tmp')).toEqual([]);
});
