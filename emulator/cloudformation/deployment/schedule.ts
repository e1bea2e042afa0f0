import type { Dependencies } from '../template/graph';
import { callOff } from './hold';
import type { Run } from './run';

interface Plan {
  order: string[];
  dependencies: Dependencies;
  /** Brings one resource where it should be; false when that failed. */
  work: (run: Run, logicalId: string) => Promise<boolean>;
}

/**
 * Works through resources, each after what it depends on. They come one after the other, so that
 * the events of a template are always the same; only while one waits for simulated time the others
 * go on. After a failure nothing further is begun, and what waits is called off.
 */
export async function schedule(run: Run, plan: Plan): Promise<boolean> {
  const { hold, stack } = run;
  const pending = [...plan.order];
  const done = new Set<string>();
  const underway = new Map<string, Promise<void>>();
  let isFailed = false;

  async function begin(logicalId: string): Promise<void> {
    let step = () => {};
    const paused = new Promise<void>((resolve) => (step = resolve));
    const own: Run = { ...run, release: () => (run.release(), step()) };
    const finished = plan.work(own, logicalId).then((isDone) => {
      underway.delete(logicalId);
      if (isDone) done.add(logicalId);
      else {
        isFailed = true;
        callOff(run);
      }
    });
    underway.set(logicalId, finished);
    await Promise.race([finished, paused]);
  }

  for (;;) {
    const isOver = isFailed || hold.isOff || stack.isCancelled === true;
    const next = isOver ? -1 : pending.findIndex((name) => isReady(name, plan, done));
    const [logicalId] = next < 0 ? [] : pending.splice(next, 1);
    if (logicalId !== undefined) await begin(logicalId);
    else if (underway.size > 0) await Promise.race(underway.values());
    else break;
  }
  const isComplete = pending.length === 0 && !isFailed && !hold.isOff;
  hold.isOff = false;
  return isComplete;
}

const isReady = (name: string, { dependencies }: Plan, done: Set<string>): boolean =>
  [...(dependencies.get(name) ?? [])].every((each) => done.has(each));
