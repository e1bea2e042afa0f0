import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { Graded } from '../checker/check';
import { lazyClients } from '../checker/clients';
import { connect } from '../checker/connect';
import type { Lab } from '../checker/lab';
import type { Mutant, Refused } from '../checker/mutant';
import type { Report, Result } from '../checker/report/result';
import { grade } from '../checker/run';
import { findLabs } from '../lib/discover';
import { readInventory } from '../lib/inventory';
import { emulated } from './support/emulated';
import { deploy, destroy, type StackClass, synthesised, targetOf } from './support/graded';

interface Loaded {
  short: string;
  folder: string;
  lab: Lab;
  checks: Record<string, Graded>;
  scene: string;
  starter: string;
  Solution: StackClass;
  mutants: Mutant<Stack>[];
  refused: Refused[];
  alternatives: [name: string, Class: StackClass][];
}

jest.setTimeout(60_000);

// Validation of templates is slow; it runs where the CDK deploys.
process.env['CDK_VALIDATION'] = 'false';

const labs = findLabs().map(({ short, folder }): [string, Loaded] => {
  const read = <T>(path: string) => require(join(folder, path)) as T;
  const stackIn = (path: string) => read<{ default: StackClass }>(path).default;
  const alternatives = existsSync(join(folder, 'alternatives'))
    ? readdirSync(join(folder, 'alternatives')).map((file): [string, StackClass] => [
        file.replace('.ts', ''),
        stackIn(`alternatives/${file}`),
      ])
    : [];
  const loaded = {
    short,
    folder,
    lab: read<{ default: Lab }>('lab').default,
    checks: { ...read<Record<string, Graded>>('checks') },
    scene: synthesised(stackIn('stack'), `${short}-scene`),
    starter: synthesised(stackIn('starter/stack'), `${short}-work`),
    Solution: stackIn('solution/stack'),
    ...read<{ mutants: Mutant<Stack>[]; refused: Refused[] }>('mutants'),
    alternatives,
  };
  return [short, loaded];
});

/** An account in which `lab start` was run. */
async function started({ short, lab, checks, scene, starter }: Loaded, here = emulated()) {
  const target = targetOf(here);
  const account = () => connect(target, short);
  await deploy(here, `${short}-scene`, scene);
  await lab.prepare?.(await account());
  await deploy(here, `${short}-work`, starter);
  return {
    here,
    account,
    answer: (template: string) => deploy(here, `${short}-work`, template),
    grade: (drills = true) => grade({ lab: short, checks, target, options: { drills } }),
  };
}

const of = ({ results }: Report, ...verdicts: Result['verdict'][]) =>
  results.filter(({ verdict }) => verdicts.includes(verdict));

/** What a person needs to see when a verdict is not the expected one. */
const told = (results: Result[]) =>
  results.map(({ id, verdict, seen, why }) => `${id}: ${verdict}: ${seen ?? why}`);

function expectFresh(report: Report) {
  const guards = report.results.filter(({ kind }) => kind === 'guard');
  const failed = of(report, 'fail').map(({ id }) => id);
  expect(told(guards.filter(({ verdict }) => verdict !== 'pass'))).toEqual([]);
  for (const { kind, verdict, blockedBy = '' } of report.results) {
    if (kind === 'guard') continue;
    expect(['fail', 'blocked']).toContain(verdict);
    if (verdict === 'blocked') expect(blocking(report, blockedBy, failed)).toBe(true);
  }
  expect(report).toMatchObject({ passed: false, exitCode: 1, score: { points: 0, of: 100 } });
}

/** A blocked check is blocked, in the end, by one that fails. */
function blocking(report: Report, id: string, failed: string[]): boolean {
  const result = report.results.find((each) => each.id === id);
  return failed.includes(id) || blocking(report, result?.blockedBy ?? 'nothing', failed);
}

function expectPassed(report: Report) {
  expect(told(report.results.filter(({ verdict }) => verdict !== 'pass'))).toEqual([]);
  expect(report).toMatchObject({ passed: true, exitCode: 0, score: { points: 100, of: 100 } });
}

const writes = ({ results }: Report) =>
  results
    .flatMap(({ evidence }) => evidence)
    .filter(({ call }) => !/:(Get|List|Describe|Simulate|Test|Receive)/.test(call));

describe.each(labs)('%s', (_short, loaded) => {
  const { short, lab, checks, Solution, mutants, refused, alternatives } = loaded;
  const solution = (change?: (stack: Stack) => void) =>
    synthesised(Solution, `${short}-work`, change);

  test('fresh from start, only the guards pass and no drill acts', async () => {
    const learner = await started(loaded);

    const report = await learner.grade();

    expectFresh(report);
    expect(writes(report)).toEqual([]);
  });

  test('the solution scores 100, and 100 again', async () => {
    const learner = await started(loaded);
    await learner.answer(solution());
    await learner.here.clock.settle();

    expectPassed(await learner.grade());
    expectPassed(await learner.grade());
  });

  if (alternatives.length > 0) {
    test.each(alternatives)('the alternative %s scores 100', async (_name, Alternative) => {
      const learner = await started(loaded);
      await learner.answer(synthesised(Alternative, `${short}-work`));

      expectPassed(await learner.grade());
    });
  }

  test.each(mutants.map((mutant): [string, Mutant<Stack>] => [mutant.name, mutant]))(
    'near miss: %s',
    async (_name, { breaks, says, mutate }) => {
      const learner = await started(loaded);
      await learner.answer(solution(mutate));

      const report = await learner.grade();

      const wrong = report.results.filter(({ verdict }) => verdict !== 'pass');
      const notBlocked = wrong.filter(({ verdict }) => verdict !== 'blocked');
      expect(told(notBlocked)).toEqual([expect.stringContaining(says)]);
      expect(notBlocked[0]).toMatchObject({ id: breaks, verdict: 'fail' });
      expect(report).toMatchObject({ passed: false, exitCode: 1 });
    },
  );

  test.each(refused.map((mistake): [string, Refused] => [mistake.name, mistake]))(
    'refused by AWS, and explained by a hint: %s',
    async (_name, { call, error, says, hint }) => {
      const learner = await started(loaded);

      await expect(call(await learner.account())).rejects.toMatchObject({
        name: error,
        message: expect.stringContaining(says) as string,
      });
      const hints = lab.tasks.find(({ letter }) => letter === hint.task)?.hints ?? [];
      expect(hints.join('\n')).toContain(hint.says);
    },
  );

  test('reset after the solution is fresh again', async () => {
    const learner = await started(loaded);
    await learner.answer(solution());
    await learner.grade();

    await destroy(learner.here, `${short}-work`);
    await lab.prepare?.(await learner.account());
    await learner.answer(loaded.starter);

    expectFresh(await learner.grade());
  });

  test('destroy after the solution leaves the account as it was', async () => {
    const here = emulated();
    const { connection } = targetOf(here);
    const before = await readInventory(lazyClients(connection));
    const learner = await started(loaded, here);
    await learner.answer(solution());
    await learner.grade();

    await lab.cleanUp?.(await learner.account());
    await destroy(learner.here, `${short}-work`);
    await destroy(learner.here, `${short}-scene`);

    const after = await readInventory(lazyClients(connection));
    expect(after).toEqual(before);
  });

  test('the README lists the tasks and the titles of the checks', () => {
    const readme = readFileSync(join(loaded.folder, 'README.md'), 'utf8');

    for (const { letter, goal } of lab.tasks) expect(readme).toContain(`- **(${letter})** ${goal}`);
    for (const { title } of Object.values(checks)) expect(readme).toContain(title);
  });

  test('checks and drills total 100 points, and every need is a check', () => {
    const graded = Object.values(checks);
    const points = graded.map((check) => (check.kind === 'guard' ? 0 : check.points));

    expect(points.reduce((sum, each) => sum + each, 0)).toBe(100);
    expect(Object.keys(checks)).toEqual(
      expect.arrayContaining(graded.flatMap(({ needs = [] }) => needs)),
    );
  });

  test('every task has a check, and hints that go from what over where to how', () => {
    const graded = new Set(Object.values(checks).map(({ task }) => task));

    for (const { letter, hints } of lab.tasks) {
      expect(graded).toContain(letter);
      expect(hints.length).toBeGreaterThanOrEqual(3);
    }
  });

  if (lab.complete) {
    test('a complete lab has its counts', () => {
      const kinds = Object.values(checks).map(({ kind = 'check' }) => kind);

      expect(kinds.filter((kind) => kind === 'check').length).toBeGreaterThanOrEqual(5);
      expect(kinds).toEqual(expect.arrayContaining(['guard', 'drill']));
      expect(mutants.length).toBeGreaterThanOrEqual(10);
      expect(alternatives.length).toBeGreaterThanOrEqual(1);
    });
  }
});
