import type { Lambda } from '@aws-sdk/client-lambda';
import { tagsFor } from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';
import { replaceTags } from '../../../cloudformation/replace-tags';
import { tagRecord } from '../../../tags';

export const lambdaOf = (context: Pick<ProviderContext, 'client'>): Lambda =>
  context.client<Lambda>('lambda');

/** What is gone already was deleted well. */
export const gone = ['ResourceNotFoundException'];

/** `undefined` when it is gone. */
export async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && gone.includes(error.name)) return undefined;
    throw error;
  }
}

/** The object without the members that are not set. */
export const given = <T extends object>(members: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

/** Gives a function or mapping the tags of its template, and takes away others. */
export async function updateTags(
  Resource: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const lambda = lambdaOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () => Object.keys((await lambda.listTags({ Resource })).Tags ?? {}),
    remove: (TagKeys) => lambda.untagResource({ Resource, TagKeys }),
    set: (tags) => lambda.tagResource({ Resource, Tags: tagRecord(tags) }),
  });
}
