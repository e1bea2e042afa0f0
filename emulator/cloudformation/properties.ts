import { awsError } from '../errors';
import type { Properties, ProviderContext } from './provider';

/** A property as text; CloudFormation takes numbers and booleans where it wants text. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrongType(name, 'String');
}

/** A property that must be there. */
export function required(properties: Properties, name: string): string {
  const value = text(properties, name);
  if (value === undefined) {
    throw awsError(
      'ValidationError',
      `Properties validation failed for resource: #: required key [${name}] not found`,
    );
  }
  return value;
}

/** A property as a number: `22` and `"22"` are the same to CloudFormation. */
export function number(properties: Properties, name: string): number | undefined {
  const value = text(properties, name);
  if (value === undefined) return undefined;
  if (value.trim() === '' || Number.isNaN(Number(value))) throw wrongType(name, 'Integer');
  return Number(value);
}

/** A property as a boolean: `true` and `"true"` are the same to CloudFormation. */
export function boolean(properties: Properties, name: string): boolean | undefined {
  const value = text(properties, name);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw wrongType(name, 'Boolean');
  return value === 'true';
}

/** A property that is an object. */
export function object(properties: Properties, name: string): Properties | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw wrongType(name, 'JSONObject');
  return value;
}

/** A property that is a list of objects; none when absent. */
export function objects(properties: Properties, name: string): Properties[] {
  return list(properties, name).map((each) => {
    if (!isObject(each)) throw wrongType(name, 'JSONObject');
    return each;
  });
}

/** A property that is a list of texts; `undefined` when absent. */
export function texts(properties: Properties, name: string): string[] | undefined {
  if (properties[name] === undefined) return undefined;
  return list(properties, name).map((each) => required({ [name]: each }, name));
}

/** The resource's own tags over the stack's. */
export function tagsFor(
  properties: Properties,
  context: Pick<ProviderContext, 'tags'>,
): { Key: string; Value: string }[] {
  const own = objects(properties, 'Tags').map((tag) => [
    required(tag, 'Key'),
    required(tag, 'Value'),
  ]);
  const all = { ...context.tags, ...Object.fromEntries(own) } as Record<string, string>;
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

/** Deletes as CloudFormation does: what is gone already is a success. */
export async function ignoring(codes: readonly string[], work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error && codes.includes(error.name))) throw error;
  }
}

function list(properties: Properties, name: string): unknown[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, 'JSONArray');
  return value;
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrongType = (name: string, type: string) =>
  awsError(
    'ValidationError',
    `Properties validation failed for resource: #/${name}: expected type: ${type}`,
  );
