import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lintLab } from '../bin/lint/lint';
import { scaffoldLab } from '../bin/cli/scaffold';
import { projectRoot } from '../lib/home';
import { loadLabWhole } from './support/proof/loaded';
import { prove, type Proved } from './support/proof/prove';
import { summaryOf } from './support/proof/summary';

jest.setTimeout(60_000);

// As deep as `labs/`, so that imports lead where they should.
const labs = mkdtempSync(join(projectRoot, '.scaffold-'));

afterAll(() => rmSync(labs, { recursive: true }));

test('a new lab passes the lint, and each verdict of its proof is as it should be', async () => {
  const folder = scaffoldLab('lab-98-poison-queue', labs);

  const lines: Proved[] = [];
  for await (const line of prove(loadLabWhole(folder))) lines.push(line);

  expect(lintLab(folder)).toEqual([]);
  expect(lines.flatMap(({ name, wrong }) => wrong.map((each) => `${name}: ${each}`))).toEqual([]);
  expect(summaryOf(lines)).toMatchObject({ mutants: 2, killed: 2, correct: 3, falseAlarms: 0 });
});

test('a name that is none and a number that is taken are refused', () => {
  mkdirSync(join(labs, 'lab-97-taken'));

  expect(() => scaffoldLab('poison', labs)).toThrow('"poison" cannot be a lab\'s name');
  expect(() => scaffoldLab('lab-97-other', labs)).toThrow('there is lab-97-taken');
});
