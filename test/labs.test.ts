import type { Stack } from 'aws-cdk-lib';
import { lintLab } from '../bin/lint/lint';
import { lazyClients } from '../checker/clients';
import { gradeAndRecord, gradeRecord } from '../checker/recorded';
import { jsonReport } from '../checker/report/json';
import type { GradedTarget } from '../checker/connect';
import type { Report } from '../checker/report/result';
import { grade } from '../checker/run';
import type { Mutant, Refused } from '../checker/mutant';
import { findLabs } from '../lib/discover';
import { readInventory } from '../lib/inventory';
import { emulated } from './support/emulated';
import { targetOf } from './support/graded';
import { notCaught, notFresh, notPassed, undeclared, unproved } from './support/proof/claims';
import { started } from './support/proof/learner';
import { type Alternative, loadLabWhole, renameAll } from './support/proof/loaded';
import { targetOfReader } from './support/proof/reader';
import { gradeMutant, spoiledAccounts } from './support/proof/spoiled';

jest.setTimeout(180_000);

const labs = findLabs().map((folder) => [folder.short, loadLabWhole(folder), folder] as const);

describe.each(labs)('%s', (_short, loaded, folder) => {
  const { lab, mutants, refused, alternatives, solution } = loaded;
  const spoiled = spoiledAccounts(loaded);
  afterAll(() => spoiled.close());

  test('the definition, the README and the names that checks assert are as the contract asks', () => {
    expect(lintLab(folder)).toEqual([]);
  });

  test('fresh from start, only the guards pass and no drill acts', async () => {
    const report = await (await started(loaded)).grade();

    expect(notFresh(report)).toEqual([]);
    expect(unproved(report)).toEqual([]);
    expect(undeclared(report, loaded)).toEqual([]);
  });

  test('the solution scores 100, and 100 again, and grading leaves the account as it was', async () => {
    const learner = await started(loaded);
    await learner.answer(solution());
    await learner.here.clock.settle();
    const resources = () =>
      JSON.stringify(
        learner.here.core.feed
          .resourcesOf('000000000000', 'us-east-1')
          .all()
          .filter(({ type }) => !lab.leaves?.[type]),
      );
    const before = resources();

    const report = await learner.grade();

    expect(notPassed(report)).toEqual([]);
    expect(undeclared(report, loaded)).toEqual([]);
    expect(unproved(report)).toEqual([]);
    expect(resources()).toBe(before);
    expect(notPassed(await learner.grade())).toEqual([]);
  });

  test('the solution under other names scores 100, and its record the same without an account', async () => {
    const learner = await started(loaded);
    await learner.answer(solution(renameAll));

    const { report, record } = await gradeAndRecord({
      lab: loaded.short,
      checks: loaded.checks,
      target: learner.target,
      options: { drills: true },
    });

    expect(notPassed(report)).toEqual([]);
    expect(jsonReport(await gradeRecord(record, loaded.checks))).toBe(jsonReport(report));
  });

  test('a role that may do what the checks declare, and nothing else, sees the same', async () => {
    const learner = await started(loaded);
    await learner.answer(solution());
    await learner.here.clock.settle();
    const look = (target: GradedTarget) =>
      grade({ lab: loaded.short, checks: loaded.checks, target, options: { drills: false } });
    const verdicts = ({ results }: Report) =>
      results.map(({ id, verdict, why }) => [id, verdict, why]);

    const asReader = await look(await targetOfReader(learner, loaded));

    expect(verdicts(asReader)).toEqual(verdicts(await look(learner.target)));
  });

  if (alternatives.length > 0) {
    test.each(alternatives.map((each): [string, Alternative] => [each.name, each]))(
      'the alternative %s scores 100',
      async (_name, alternative) => {
        const learner = await started(loaded);
        await learner.answerAs(alternative);

        expect(notPassed(await learner.grade())).toEqual([]);
      },
    );
  }

  test.each(mutants.map((mutant): [string, Mutant<Stack>] => [mutant.name, mutant]))(
    'near miss: %s',
    async (_name, mutant) => {
      const learner = await spoiled.learner(mutant);

      const report = await gradeMutant(loaded, mutant, learner);

      expect(notCaught(report, mutant)).toEqual([]);
      expect(unproved(report)).toEqual([]);
      expect(undeclared(report, loaded)).toEqual([]);
    },
  );

  if (refused.length > 0) {
    test.each(refused.map((mistake): [string, Refused] => [mistake.name, mistake]))(
      'refused by AWS: %s',
      async (_name, { call, error, says }) => {
        const learner = await started(loaded);

        await expect(call(await learner.account())).rejects.toMatchObject({
          name: error,
          message: expect.stringContaining(says) as string,
        });
      },
    );
  }

  test('reset after the solution is fresh again', async () => {
    const learner = await spoiled.solved();
    await learner.grade(loaded.files === undefined);

    await learner.reset();

    expect(notFresh(await learner.grade())).toEqual([]);
  });

  test('destroy after the solution leaves the account as it was', async () => {
    const here = emulated();
    const { connection } = targetOf(here);
    const before = await readInventory(lazyClients(connection));
    const learner = await started(loaded, here);
    await learner.answer(solution());
    await learner.grade();

    await learner.destroy();

    expect(await readInventory(lazyClients(connection))).toEqual(before);
  });
});
