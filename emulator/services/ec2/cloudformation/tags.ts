import type { EC2, ResourceType, TagSpecification } from '@aws-sdk/client-ec2';
import { objects, required, tagsFor } from '../../../cloudformation/properties';
import type { Properties, ProviderContext } from '../../../cloudformation/provider';

/** TagSpecifications of a creation: the stack's tags and the resource's own. */
export function specifications(
  type: ResourceType,
  properties: Properties,
  context: ProviderContext,
): { TagSpecifications?: TagSpecification[] } {
  const Tags = tagsFor(properties, context);
  return Tags.length ? { TagSpecifications: [{ ResourceType: type, Tags }] } : {};
}

interface TagUpdate {
  id: string;
  properties: Properties;
  previous: Properties;
}

/** Brings the tags in line; tags that somebody else put on the resource stay. */
export async function updateTags(
  { id, properties, previous }: TagUpdate,
  context: ProviderContext,
): Promise<void> {
  const ec2 = context.client<EC2>('ec2');
  const wanted = tagsFor(properties, context);
  const gone = objects(previous, 'Tags')
    .map((tag) => required(tag, 'Key'))
    .filter((key) => !wanted.some(({ Key }) => Key === key));
  if (gone.length) {
    await ec2.deleteTags({ Resources: [id], Tags: gone.map((Key) => ({ Key })) });
  }
  if (wanted.length) await ec2.createTags({ Resources: [id], Tags: wanted });
}
