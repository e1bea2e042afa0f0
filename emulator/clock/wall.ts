/** Wall time, for what learners never see: flushing state to disk, the `Date` header. */
export function afterWallTime(milliseconds: number, task: () => void): () => void {
  const timer = setTimeout(task, milliseconds).unref();
  return () => clearTimeout(timer);
}

/** Wall-clock now in milliseconds. */
export const wallNow = (): number => Date.now();
