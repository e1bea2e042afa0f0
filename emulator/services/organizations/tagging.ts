import { TargetNotFoundException } from '@aws-sdk/client-organizations';
import { refuse } from '../../refuse';
import { isRefusedTag } from '../../reserved-tags';
import { tagList, tagRecord } from '../../tags';
import { invalidInput } from './errors';
import { managed, readable } from './find';
import { paged } from './listing';
import type { Organization, OrganizationsHandlers } from './state';

/** Tags of accounts, units, roots and policies, by their ids. */
export const tagging = {
  TagResource({ ResourceId: id, Tags: tags = [] }, call) {
    const tagged = taggedIn(managed(call), id);
    if (tags.some(({ Key: key = '' }) => isRefusedTag(key)))
      throw invalidInput(
        'INVALID_SYSTEM_TAGS_PARAMETER',
        'You specified tag keys that are system tags.',
      ); // text unverified
    Object.assign(tagged.tags, tagRecord(tags));
  },

  UntagResource({ ResourceId: id, TagKeys: keys = [] }, call) {
    const tagged = taggedIn(managed(call), id);
    for (const key of keys) delete tagged.tags[key];
  },

  ListTagsForResource({ ResourceId: id, ...paging }, call) {
    const { page, end } = paged(tagList(taggedIn(readable(call), id).tags), paging);
    return { Tags: page, ...end };
  },
} satisfies OrganizationsHandlers;

const ids = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12}|p-\w{8,128})$/;

function taggedIn({ nodes, policies }: Organization, id = '') {
  if (!ids.test(id))
    throw invalidInput(
      'INVALID_PATTERN',
      'You provided a value that does not match the required pattern.',
    );
  const tagged = nodes.get(id) ?? policies.get(id);
  if (!tagged) throw refuse(TargetNotFoundException, "You specified a target that doesn't exist.");
  return tagged;
}
