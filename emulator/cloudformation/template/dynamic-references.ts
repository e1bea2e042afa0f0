import { validationError } from '../errors';

const reference = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;

/** Reads one parameter of the Parameter Store, `name` or `name:version`. */
export type ReadParameter = (name: string) => Promise<string>;

/** Replaces `{{resolve:ssm:…}}` in every string of a resource's properties. */
export async function resolveDynamic<T>(value: T, read: ReadParameter): Promise<T> {
  if (!JSON.stringify(value)?.includes('{{resolve:')) return value;
  return (await walk(value, read)) as T;
}

async function walk(value: unknown, read: ReadParameter): Promise<unknown> {
  if (typeof value === 'string') return fill(value, read);
  if (Array.isArray(value)) return Promise.all(value.map((item) => walk(item, read)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, each]) => [key, await walk(each, read)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function fill(text: string, read: ReadParameter): Promise<string> {
  let filled = text;
  for (const [whole, service = '', name = ''] of text.matchAll(reference)) {
    if (service !== 'ssm') {
      throw validationError(`The dynamic reference {{resolve:${service}:…}} is not emulated`);
    }
    filled = filled.replaceAll(whole, await read(name));
  }
  return filled;
}
