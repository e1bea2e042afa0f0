/** Wall time, for what learners never see: flushing state to disk. */
export function afterWallTime(milliseconds: number, task: () => void): () => void {
  const timer = setTimeout(task, milliseconds).unref();
  return () => clearTimeout(timer);
}
