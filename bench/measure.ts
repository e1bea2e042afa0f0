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

/** The medians of two tasks called in turn, so that whatever else the machine does falls on both. */
export async function latencies(calls: number, tasks: [Task, Task]): Promise<[number, number]> {
  const taken: [number[], number[]] = [[], []];
  for (let call = 0; call < calls; call++) {
    taken[0].push(await timed(tasks[0]));
    taken[1].push(await timed(tasks[1]));
  }
  return [median(taken[0]), median(taken[1])];
}

/** Calls per second of two tasks in turn: the medians of nine rounds each. */
export async function throughputs(calls: number, tasks: [Task, Task]): Promise<[number, number]> {
  const found: [number[], number[]] = [[], []];
  for (let round = 0; round < 9; round++) {
    found[0].push(await throughput(calls / 9, tasks[0]));
    found[1].push(await throughput(calls / 9, tasks[1]));
  }
  return [median(found[0]), median(found[1])];
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
