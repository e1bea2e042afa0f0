import { TagException, type Tag } from '@aws-sdk/client-kms';
import { refuse } from '../../refuse';
import { isRefusedTag } from '../../reserved-tags';
import { checkPresent } from './errors';
import { findKeyById } from './find-key';
import { announce } from './announce';
import { listed } from './listing';
import type { KmsHandlers } from './state';

/** KMS spells the members of a tag in its own way. */
export function tagsOf(tags: Tag[] = []): Record<string, string> {
  if (tags.some(({ TagKey: key = '' }) => isRefusedTag(key.toLowerCase())))
    throw refuse(TagException, 'Tags beginning with aws: are reserved');
  const record = Object.fromEntries(
    tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]),
  );
  const { length } = Object.keys(record);
  if (length < tags.length) throw refuse(TagException, 'Duplicate tag keys');
  if (length > 50) throw refuse(TagException, 'Too many tags');
  return record;
}

/** Tags of keys. */
export const tagging = {
  TagResource({ KeyId: id, Tags: tags }, call) {
    const key = checkPresent(findKeyById(id, call));
    Object.assign(key.tags, tagsOf(tags));
    announce('UPDATE', key, call);
  },

  UntagResource({ KeyId: id, TagKeys: names = [] }, call) {
    const key = checkPresent(findKeyById(id, call));
    for (const name of names) delete key.tags[name];
    announce('UPDATE', key, call);
  },

  ListResourceTags({ KeyId: id, ...paging }, call) {
    const { page, end } = listed(Object.entries(findKeyById(id, call).tags), paging);
    return { Tags: page.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...end };
  },
} satisfies KmsHandlers;
