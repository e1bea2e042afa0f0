import type { Organizations } from '@aws-sdk/client-organizations';
import { tagsFor } from '../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../cloudformation/provider';

export const organizationsOf = (context: ProviderContext): Organizations =>
  context.client<Organizations>('organizations');

/** Gives a unit, account or policy the tags of its template, and takes away others. */
export async function retag(
  id: string,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const organizations = organizationsOf(context);
  const wanted = tagsFor(properties, context);
  const { Tags: known = [] } = await organizations.listTagsForResource({ ResourceId: id });
  const TagKeys = known
    .map(({ Key: key }) => key ?? '')
    .filter((key) => wanted.every(({ Key }) => Key !== key));
  if (TagKeys.length > 0) await organizations.untagResource({ ResourceId: id, TagKeys });
  if (wanted.length > 0) await organizations.tagResource({ ResourceId: id, Tags: wanted });
}
