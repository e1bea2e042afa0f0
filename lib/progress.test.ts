import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeJson } from './files';
import { progressFile, progressOf, remember } from './progress';

let notes: string[];
const note = (text: string) => void notes.push(text);

beforeEach(() => {
  notes = [];
  process.env['DOP_LABS_HOME'] = mkdtempSync(join(tmpdir(), 'dop-labs-progress-'));
});

afterEach(() => {
  rmSync(process.env['DOP_LABS_HOME'] ?? '', { recursive: true });
  delete process.env['DOP_LABS_HOME'];
});

test('nothing is known of a lab before it is tried', () => {
  expect(progressOf('lab-05', note)).toEqual({ hints: {} });
});

test('what is remembered of one lab leaves another alone', () => {
  remember('lab-05', { hints: { a: 2 } }, note);
  remember('lab-03', { solved: true }, note);

  expect(progressOf('lab-05', note)).toEqual({ hints: { a: 2 } });
  expect(progressOf('lab-03', note)).toEqual({ hints: {}, solved: true });
  expect(notes).toEqual([]);
});

test.each([
  '{"version":1,"la',
  '[]',
  '{"version":2,"labs":{}}',
  '{"version":1,"labs":{"lab-05":3}}',
])('a file that holds %s is set aside with a message', (text) => {
  writeJson(progressFile(), {});
  writeFileSync(progressFile(), text);

  expect(progressOf('lab-05', note)).toEqual({ hints: {} });
  expect(notes).toEqual([expect.stringContaining('was damaged')]);
  expect(readdirSync(dirname(progressFile()))).toEqual([
    expect.stringMatching(/^progress\.json\.damaged-/),
  ]);
});
