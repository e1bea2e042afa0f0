import type { Stack } from 'aws-cdk-lib';
import { connect } from '../../../checker/connect';
import type { Mutant } from '../../../checker/mutant';
import type { Report } from '../../../checker/report/result';
import { grade } from '../../../checker/run';
import { emulated } from '../emulated';
import { deploy, destroy, targetOf } from '../graded';
import type { Alternative, LoadedLab } from './loaded';

/** An account in which `lab start` was run, and what a learner does there. */
export async function started(loaded: LoadedLab, here = emulated()) {
  const { short, lab, checks, scene, starter } = loaded;
  const target = targetOf(here);
  const account = () => connect(target, short);
  await deploy(here, `${short}-scene`, scene);
  await lab.prepare?.(await account());
  await deploy(here, `${short}-work`, starter);

  const answer = (template: string) => deploy(here, `${short}-work`, template);
  return {
    here,
    target,
    account,
    answer,
    /** A near miss as its learner came to it: an earlier answer first, what was done by hand last. */
    async answerNearMiss({ before, mutate, act }: Mutant<Stack>): Promise<void> {
      if (before) {
        await answer(loaded.solution(before));
        await here.clock.advance('10m');
      }
      await answer(loaded.solution(mutate));
      if (act) await act(await account());
      await here.clock.settle();
    },
    async answerAs(alternative: Alternative): Promise<void> {
      if ('template' in alternative) return await answer(alternative.template);
      await alternative.act(await account());
      await here.clock.settle();
    },
    /** What `lab reset` does. */
    async reset(): Promise<void> {
      await destroy(here, `${short}-work`);
      await lab.prepare?.(await account());
      await answer(starter);
    },
    /** What `lab destroy` does. */
    async destroy(): Promise<void> {
      await lab.cleanUp?.(await account());
      await destroy(here, `${short}-work`);
      await destroy(here, `${short}-scene`);
    },
    grade: (drills = true): Promise<Report> =>
      grade({ lab: short, checks, target, options: { drills } }),
  };
}

export type Learner = Awaited<ReturnType<typeof started>>;
