import { connect } from '../../../checker/connect';
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
