import type { Stack } from 'aws-cdk-lib';
import { connect } from '../../../checker/connect';
import type { AnswerFiles } from '../../../checker/lab';
import type { Mutant } from '../../../checker/mutant';
import type { Report } from '../../../checker/report/result';
import { grade } from '../../../checker/run';
import { emulated } from '../emulated';
import { deploy, destroy, targetOf } from '../graded';
import type { Alternative, LoadedLab } from './loaded';

/** An account in which `lab start` was run, and what a learner does there. */
export async function started(loaded: LoadedLab, here = emulated()) {
  const learner = learnerIn(loaded, here);
  await deploy(here, `${loaded.short}-scene`, loaded.scene);
  await learner.begin();
  return learner;
}

/** What a learner does in an account, whatever has been done in it already. */
export function learnerIn(loaded: LoadedLab, here: ReturnType<typeof emulated>) {
  const { short, lab, checks, starter, files: given } = loaded;
  const target = targetOf(here);
  const account = () => connect(target, short);

  /** What `lab solve` does after the stack, and what a learner does by hand after that. */
  const deliver = async (files: AnswerFiles | undefined = given?.solution) => {
    if (!files || !lab.files) return;
    await lab.files.deliver(await account(), files);
    await lab.files.settle(await account(), target.clock);
  };
  const answer = async (template: string, files?: AnswerFiles) => {
    await deploy(here, `${short}-work`, template);
    await deliver(files);
  };
  const begin = async () => {
    await lab.prepare?.(await account());
    if (given) await lab.files?.install(await account(), given.starter);
    await deploy(here, `${short}-work`, starter);
  };
  return {
    here,
    target,
    account,
    answer,
    /** A near miss as its learner came to it: an earlier answer first, what was done by hand last. */
    async answerNearMiss({ before, mutate, act, files }: Mutant<Stack>): Promise<void> {
      if (before) {
        await answer(loaded.solution(before));
        await here.clock.advance('10m');
      }
      await answer(loaded.solution(mutate), given && files?.(given.solution));
      if (act) await act(await account());
      await here.clock.settle();
    },
    begin,
    async answerAs(alternative: Alternative): Promise<void> {
      const { files } = alternative;
      if ('template' in alternative) return await answer(alternative.template, files);
      await alternative.act(await account());
      await here.clock.settle();
      await deliver(files);
    },
    /** What `lab reset` does. */
    async reset(): Promise<void> {
      await destroy(here, `${short}-work`);
      await begin();
    },
    /** What `lab destroy` does. */
    async destroy(): Promise<void> {
      await lab.cleanUp?.(await account());
      await destroy(here, `${short}-work`);
      await destroy(here, `${short}-scene`);
    },
    grade: (drills = true, only?: string[]): Promise<Report> =>
      grade({ lab: short, checks, target, options: { drills, ...(only && { only }) } }),
  };
}

export type Learner = ReturnType<typeof learnerIn>;
