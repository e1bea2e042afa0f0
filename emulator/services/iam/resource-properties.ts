import type { Tag } from '@aws-sdk/client-iam';
import type { Properties, ProviderContext } from '../../cloudformation/provider';

interface InlinePolicy {
  PolicyName: string;
  PolicyDocument: unknown;
}

/** A property as text; templates may give numbers and booleans as themselves. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name] ?? undefined;
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

export const texts = (properties: Properties, name: string): string[] =>
  [properties[name] ?? []].flat().map(String);

/** A policy document as JSON text; templates may give it as an object or as text. */
export const document = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? {});

export const inlinePolicies = (properties: Properties): Map<string, string> =>
  new Map(
    ((properties['Policies'] ?? []) as InlinePolicy[]).map((policy) => [
      String(policy.PolicyName),
      document(policy.PolicyDocument),
    ]),
  );

/** The resource's own tags over the stack's; IAM takes no `aws:` tags from CloudFormation. */
export function tagsOf(properties: Properties, context: ProviderContext): Tag[] {
  const own = (properties['Tags'] ?? []) as { Key: unknown; Value: unknown }[];
  const all = {
    ...context.tags,
    ...Object.fromEntries(own.map(({ Key: key, Value: value }) => [String(key), String(value)])),
  };
  return Object.entries(all)
    .filter(([key]) => !key.startsWith('aws:'))
    .map(([Key, Value]) => ({ Key, Value }));
}

/** Members that are there, for inputs that do not take `undefined`. */
export const given = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

/** What a change adds, changes and takes away. */
export function differences<V>(before: Map<string, V>, after: Map<string, V>) {
  return {
    put: [...after].filter(([key, value]) => before.get(key) !== value),
    removed: [...before.keys()].filter((key) => !after.has(key)),
  };
}

/** A list as a map, so that two lists can be compared. */
export const asKeys = (values: string[]): Map<string, true> =>
  new Map(values.map((value) => [value, true]));
