/** One call of a service, as a line of YAML writes it: the operation under its name, and what is to come of it. */
export interface Step {
  operation: string;
  /** Folder of another service (called the same by boto3) whose operation it is. */
  of?: string;
  input: Record<string, unknown>;
  /** Part of the answer. */
  answers?: Record<string, unknown>;
  /** Name of the error instead of an answer; `code` where other clients than the SDK call it otherwise. */
  refuses?: string;
  code?: string;
  /** Name → path in the answer: later inputs say `$name`, or `${name}` inside a longer text. */
  keep?: Record<string, string>;
}

/** Reads a step; `aside` names the members beside the operation and those of every step. */
export function readStep(written: Record<string, unknown>, aside: string[] = []): Step {
  const beside = ['of', 'answers', 'refuses', 'code', 'keep', ...aside];
  const [operation = ''] = Object.keys(written).filter((name) => !beside.includes(name));
  const { [operation]: input, ...rest } = written;
  return { operation, input: (input ?? {}) as Record<string, unknown>, ...rest };
}

/** An input with the values that earlier answers have given. */
export function filled(input: unknown, kept: Record<string, unknown>): unknown {
  if (typeof input === 'string') return filledText(input, kept);
  if (Array.isArray(input)) return input.map((item) => filled(item, kept));
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return input;
  return Object.fromEntries(Object.entries(input).map(([key, item]) => [key, filled(item, kept)]));
}

function filledText(text: string, kept: Record<string, unknown>): unknown {
  if (text.startsWith('$') && kept[text.slice(1)] !== undefined) return kept[text.slice(1)];
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
    const value = kept[name];
    return typeof value === 'string' ? value : whole;
  });
}

/** `Keys.0.KeyId` */
export const at = (answer: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer);

/** Adds to `kept` what a step keeps of its answer. */
export function keepOf({ keep = {} }: Step, answer: unknown, kept: Record<string, unknown>): void {
  for (const [name, path] of Object.entries(keep)) kept[name] = at(answer, path);
}
