import { validationError } from '../errors';

/** One `{{resolve:service:key}}` and the place where it stands in a resource. */
export interface DynamicReference {
  whole: string;
  service: string;
  key: string;
  /** Members from the resource's properties downwards, as far as the first list. */
  path: string[];
}

const pattern = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;
const wellFormed = /^[a-zA-Z0-9_.\-/]+(:\d+)?$/;

/** Every dynamic reference in a value; those to the Parameter Store have to be well formed. */
export function dynamicReferencesIn(value: unknown, path: string[] = []): DynamicReference[] {
  if (typeof value === 'string') return referencesOf(value, path);
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return dynamicReferencesInside(value).map((each) => ({ ...each, path }));
  }
  return Object.entries(value).flatMap(([key, each]) => dynamicReferencesIn(each, [...path, key]));
}

const dynamicReferencesInside = (list: unknown[]): DynamicReference[] =>
  list.flatMap((item) => dynamicReferencesIn(item));

function referencesOf(text: string, path: string[]): DynamicReference[] {
  return Array.from(text.matchAll(pattern), ([whole, service = '', key = '']) => {
    if (isParameter(service) && !wellFormed.test(key)) {
      throw validationError(`Incorrect format is used in the following SSM reference: [${whole}]`);
    }
    return { whole, service, key, path };
  });
}

const isParameter = (service: string): boolean => service === 'ssm' || service === 'ssm-secure';

/** Reads what a reference means: to the Parameter Store, `name` or `name:version`; to a secret. */
export type ReadParameter = (reference: DynamicReference) => Promise<string>;

/** Replaces the dynamic references in every string of a resource's properties. */
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
  for (const reference of dynamicReferencesIn(text)) {
    const { whole, service } = reference;
    if (!isParameter(service) && service !== 'secretsmanager') {
      throw validationError(`The dynamic reference {{resolve:${service}:…}} is not emulated`);
    }
    filled = filled.replaceAll(whole, await read(reference));
  }
  return filled;
}
