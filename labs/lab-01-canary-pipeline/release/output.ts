/** An output of the lab's stacks; without it the scene is not whole. */
export function output({ outputs }: { outputs: Record<string, string> }, key: string): string {
  const value = outputs[key];
  if (value === undefined) throw new Error(`the lab's stacks have no output ${key}`);
  return value;
}
