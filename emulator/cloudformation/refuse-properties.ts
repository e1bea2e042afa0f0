import { awsError } from '../errors';
import type { Properties, ResourceProvider, ResourceProviders } from './provider';
import { factsOf } from './resource-types';

/** Providers that refuse by name every property that they would not honour. */
export const refusingProviders = (providers: ResourceProviders): ResourceProviders =>
  Object.fromEntries(
    Object.entries(providers).map(([type, provider]) => [type, refusing(type, provider)]),
  );

function refusing(type: string, provider: ResourceProvider): ResourceProvider {
  const { properties = [], stored = [] } = provider;
  const check = (given: Properties, resource: string) =>
    checkLevel({ type, resource, honoured: [...properties, ...stored] }, given);
  return {
    ...provider,
    async create(given, context) {
      check(given, context.logicalId);
      return provider.create(given, context);
    },
    ...(provider.update && {
      async update(id, change, context) {
        check(change.properties, context.logicalId);
        return provider.update?.(id, change, context) ?? { physicalId: id };
      },
    }),
  };
}

interface Level {
  type: string;
  resource: string;
  honoured: readonly string[];
  /** Path of the object, with a dot behind it; nothing for the properties themselves. */
  path?: string;
}

function checkLevel(level: Level, given: Properties): void {
  const { honoured, path = '' } = level;
  for (const [name, value] of Object.entries(given)) {
    const here = path + name;
    if (honoured.includes(here)) continue;
    const below = `${here}.`;
    if (!honoured.some((one) => one.startsWith(below))) throw refusal(level, name);
    for (const one of [value].flat()) {
      if (isObject(one)) checkLevel({ ...level, path: below }, one);
    }
  }
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null;

function refusal({ type, resource, path = '' }: Level, name: string): Error {
  if (factsOf(type)?.properties.includes(path + name)) {
    return awsError('ValidationError', `${type} property ${path}${name} is not emulated`);
  }
  if (path === '') return awsError('ValidationError', `Encountered unsupported property ${name}`);
  const pointer = path.slice(0, -1).replaceAll('.', '/');
  return awsError(
    'ValidationError',
    `Properties validation failed for resource ${resource} with message:\n#/${pointer}: extraneous key [${name}] is not permitted`,
  );
}
