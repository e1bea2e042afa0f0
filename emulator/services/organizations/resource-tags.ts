import type { Organizations } from '@aws-sdk/client-organizations';
import { tagsFor } from '../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';

export const organizationsOf = (context: ProviderContext): Organizations =>
  context.client<Organizations>('organizations');

/** Gives a unit, account or policy the tags of its template, and takes away others. */
export async function retag(
  id: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const organizations = organizationsOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await organizations.listTagsForResource({ ResourceId: id })).Tags ?? []).map(
        ({ Key }) => Key,
      ),
    remove: (TagKeys) => organizations.untagResource({ ResourceId: id, TagKeys }),
    set: (Tags) => organizations.tagResource({ ResourceId: id, Tags }),
  });
}
