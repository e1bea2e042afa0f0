type Task = () => Promise<unknown>;

export const now = (): number => performance.now();

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Milliseconds that one task took. */
export async function timed(task: Task): Promise<number> {
  const start = now();
  await task();
  return now() - start;
}

/** The median of so many calls, one after the other. */
export async function latency(calls: number, task: Task): Promise<number> {
  const taken: number[] = [];
  for (let call = 0; call < calls; call++) taken.push(await timed(task));
  return median(taken);
}

/** The medians of tasks called in turn, so that whatever else the machine does falls on all. */
export async function latencies(calls: number, tasks: Task[]): Promise<number[]> {
  const taken = tasks.map((): number[] => []);
  for (let call = 0; call < calls; call++)
    for (const [index, task] of tasks.entries()) taken[index]?.push(await timed(task));
  return taken.map(median);
}

/** Calls per second of tasks in turn: the medians of nine rounds each. */
export async function throughputs(calls: number, tasks: Task[]): Promise<number[]> {
  const found = tasks.map((): number[] => []);
  for (let round = 0; round < 9; round++)
    for (const [index, task] of tasks.entries())
      found[index]?.push(await throughput(calls / 9, task));
  return found.map(median);
}

/** Calls per second with sixteen in flight. */
export async function throughput(calls: number, task: Task): Promise<number> {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await task();
  };
  const took = await timed(() => Promise.all(Array.from({ length: 16 }, worker)));
  return (calls / took) * 1000;
}

/** Does a task sixteen at a time, so often or for so many seconds, whichever is over first. */
export async function repeat(task: Task, { times, seconds }: { times: number; seconds: number }) {
  const end = now() + seconds * 1000;
  let left = times;
  const worker = async () => {
    while (left-- > 0 && now() < end) await task();
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
