import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/** One call of a walk: the operation under its name, and what is to come of it. */
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
  /** Name → path in the answer: later inputs say `$name`. */
  keep?: Record<string, string>;
}

/** A service and what every client does to it, from `<folder of the service>.yaml`. */
export interface Walk {
  service: string;
  /** As boto3 calls it. */
  boto: string;
  /** A command of the AWS CLI that only reads, and part of what it answers. */
  cli: { words: string[]; answers: Record<string, unknown> };
  steps: Step[];
}

type Written = Pick<Walk, 'boto' | 'cli'> & { steps: Record<string, unknown>[] };

const aside = ['of', 'answers', 'refuses', 'code', 'keep'];

function readStep(written: Record<string, unknown>): Step {
  const [operation = ''] = Object.keys(written).filter((name) => !aside.includes(name));
  const { [operation]: input, ...rest } = written;
  return { operation, input: (input ?? {}) as Record<string, unknown>, ...rest };
}

/** Every walk that lies in this folder. */
export const walks: Walk[] = readdirSync(__dirname)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const { steps, ...rest } = parse(readFileSync(join(__dirname, file), 'utf8')) as Written;
    return { service: basename(file, '.yaml'), ...rest, steps: steps.map(readStep) };
  });

/** An input with the values that earlier answers have given. */
export function filled(input: unknown, kept: Record<string, unknown>): unknown {
  if (typeof input === 'string')
    return kept[input.slice(1)] !== undefined && input.startsWith('$')
      ? kept[input.slice(1)]
      : input;
  if (Array.isArray(input)) return input.map((item) => filled(item, kept));
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return input;
  return Object.fromEntries(Object.entries(input).map(([key, item]) => [key, filled(item, kept)]));
}

/** `Keys.0.KeyId` */
export const at = (answer: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer);
