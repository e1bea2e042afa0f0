import type { Dependencies } from '../template/graph';
import { callOff } from './hold';
import type { Run } from './run';

interface Plan {
  order: string[];
  dependencies: Dependencies;
  /** Brings one resource where it should be; false when that failed. */
  work: (run: Run, logicalId: string) => Promise<boolean>;
}

interface Progress {
  pending: string[];
  done: Set<string>;
  underway: Map<string, Promise<void>>;
  isFailed: boolean;
}

/**
 * Works through resources, each after what it depends on. They come one after the other, so that
 * the events of a template are always the same; only while one waits for simulated time the others
 * go on. After a failure nothing further is begun, and what waits is called off.
 */
export async function schedule(run: Run, plan: Plan): Promise<boolean> {
  const progress: Progress = {
    pending: [...plan.order],
    done: new Set(),
    underway: new Map(),
    isFailed: false,
  };
  for (;;) {
    const next = nextOf(run, plan, progress);
    if (next !== undefined) await begin(run, plan, { progress, logicalId: next });
    else if (progress.underway.size > 0) await Promise.race(progress.underway.values());
    else break;
  }
  const isOff = run.hold.isOff;
  // What follows, a rollback, may wait again.
  run.hold.isOff = false;
  return progress.pending.length === 0 && !progress.isFailed && !isOff;
}

function nextOf(
  { hold, stack }: Run,
  { dependencies }: Plan,
  { pending, done, isFailed }: Progress,
): string | undefined {
  if (isFailed || hold.isOff || stack.isCancelled) return undefined;
  const index = pending.findIndex((name) =>
    [...(dependencies.get(name) ?? [])].every((each) => done.has(each)),
  );
  return index < 0 ? undefined : pending.splice(index, 1)[0];
}

/** Until the resource is done, or waits. */
async function begin(
  run: Run,
  { work }: Plan,
  { progress, logicalId }: { progress: Progress; logicalId: string },
): Promise<void> {
  let step = () => {};
  const paused = new Promise<void>((resolve) => (step = resolve));
  const own: Run = { ...run, release: () => (run.release(), step()) };
  const finished = work(own, logicalId).then((isDone) => {
    progress.underway.delete(logicalId);
    if (isDone) return void progress.done.add(logicalId);
    progress.isFailed = true;
    callOff(run);
  });
  progress.underway.set(logicalId, finished);
  await Promise.race([finished, paused]);
}
